import { currencies, currency, minorUnits, parseCurrency } from './currency';

describe('2.7 ISO 4217', () => {
  it.each([
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 'CLF UYW'],
  ])('says %i digits for %s', (digits, codes) => {
    for (const code of codes.split(' '))
      expect([code, minorUnits(currency(code))]).toEqual([code, digits]);
  });

  it('says 2 digits for every other active code', () => {
    const others = currencies().filter((code) => minorUnits(currency(code)) === 2);
    expect(others).toHaveLength(currencies().length - 17 - 7 - 2);
    expect(others).toEqual(
      expect.arrayContaining(['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'HUF', 'COP']),
    );
  });

  it('has each code once, three capital letters long', () => {
    expect(new Set(currencies()).size).toBe(currencies().length);
    expect(currencies().every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });

  it('differs from CLDR where CLDR is not ISO: HUF 2, IQD 3', () => {
    expect(minorUnits(currency('HUF'))).toBe(2);
    expect(minorUnits(currency('IQD'))).toBe(3);
  });

  it('knows no metals, no test codes, no history', () => {
    const notInUse = ['XAU', 'XXX', 'XTS', 'eur', 'DEM', 'HRK', 'BGN', 'ANG', 'ZWL', 'SLL', 'CUC'];
    for (const code of notInUse) expect([code, parseCurrency(code)]).toEqual([code, undefined]);
  });

  it('refuses anything else instead of guessing', () => {
    expect(parseCurrency('Euro')).toBeUndefined();
    expect(parseCurrency('toString')).toBeUndefined();
    expect(() => currency('')).toThrow(RangeError);
    expect(() => minorUnits('EURO' as never)).toThrow(RangeError);
  });
});
