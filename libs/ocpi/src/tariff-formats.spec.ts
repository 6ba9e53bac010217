import { type Tariff } from '@voltledger/contracts';
import { sampleTariff } from '@voltledger/testing';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tariffFormats } from '.';

const SHARED = join(__dirname, '../../../../shared/vectors/ocpi');
const OWNER = { countryCode: 'DE', partyId: 'VLT' };

interface Sample {
  readonly object: string;
  readonly kind: string;
  readonly conforms: boolean;
}

/** Without what says nothing: null is absent, and a day's last midnight needs no fraction. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, member: unknown) => (member === null ? undefined : member)),
  );

const formatOf = (version: string) => tariffFormats.get(version)!;
const samplesOf = (version: string): [string, Sample][] => {
  const index = join(SHARED, version, 'index.json');
  if (!existsSync(index)) return [];
  const samples = JSON.parse(readFileSync(index, 'utf8')) as Record<string, Sample>;
  return Object.entries(samples).filter(
    ([, { object, kind }]) => object === 'Tariff' && kind === 'full',
  );
};

const rows = [...tariffFormats.keys()].flatMap((version) =>
  samplesOf(version).map(([file, sample]) => [version, file, sample] as const),
);

if (rows.length === 0)
  it.skip('the samples of the standard lie in ../shared, and that is not here', () => undefined);

for (const [version, file, { conforms }] of rows)
  it(`OCPI-TYP-32 ${version}: reads the sample ${file} and writes it back as it was`, () => {
    const given = JSON.parse(readFileSync(join(SHARED, version, file), 'utf8')) as object;
    const { read, write } = formatOf(version);
    if (conforms) expect(plain(write(read(given, OWNER)))).toEqual(plain(given));
    else expect(() => read(given, OWNER)).toThrow('last_updated');
  });

describe('reading a tariff', () => {
  const wire = (version: string): Record<string, unknown> => ({
    ...formatOf(version).write(sampleTariff()),
  });

  it.each([...tariffFormats.keys()])(
    'OCPI-TYP-15 to 17, %s: takes null for absent and ignores what nobody documented',
    (version) => {
      const given = { ...wire(version), tariff_alt_url: null, energy_mix: null, colour: 'blue' };
      const { read } = formatOf(version);
      expect(read(given, OWNER)).toEqual(read(wire(version), OWNER));
    },
  );

  it('R-39, 2.1.1: knows no VAT, whatever else is sent', () => {
    const { read } = formatOf('2.1.1');
    const component = { type: 'ENERGY', price: 0.25, step_size: 1, vat: 19 };
    const tariff = read({ ...wire('2.1.1'), elements: [{ price_components: [component] }] }, OWNER);
    expect(tariff.elements[0]?.components).toEqual([
      { dimension: 'ENERGY', price: 250_000, stepSize: 1 },
    ]);
    expect(tariff).toMatchObject(OWNER);
  });

  it('OCPI-CDR-32, 2.3.0: a tariff without tax_included is read like one of 2.2.1', () => {
    const { tax_included: _taxIncluded, ...given } = wire('2.3.0');
    expect(formatOf('2.3.0').read(given, OWNER).taxIncluded).toBe('NO');
  });

  it('2.3.0: leaves elements for bookings out', () => {
    const given = wire('2.3.0');
    const booked = {
      price_components: [{ type: 'FLAT', price: 9, step_size: 1 }],
      restrictions: { booking: 'BOOKING' },
    };
    const elements = [booked, ...(given['elements'] as object[])];
    expect(formatOf('2.3.0').read({ ...given, elements }, OWNER).elements).toHaveLength(1);
  });

  it.each([...tariffFormats.keys()])(
    'OCPI-TAR-08, %s: names field and rule of what is wrong',
    (version) => {
      const given = { ...wire(version), elements: [{ price_components: [] }] };
      expect(() => formatOf(version).read(given, OWNER)).toThrow('price_components');
    },
  );
});

describe('writing a tariff', () => {
  const gross: Tariff = {
    ...sampleTariff(),
    taxIncluded: 'YES',
    elements: [{ components: [{ dimension: 'ENERGY', price: 550_000, vat: '10', stepSize: 1 }] }],
  };

  it('OCPI-TAR-13, 2.2.1: prices are before VAT, also where ours include it', () =>
    expect(formatOf('2.2.1').write(gross)).toMatchObject({
      elements: [{ price_components: [{ price: 0.5, vat: 10 }] }],
    }));

  it('OCPI-TAR-14, 2.3.0: prices stay as they are, and tax_included says how', () =>
    expect(formatOf('2.3.0').write(gross)).toMatchObject({
      tax_included: 'YES',
      elements: [{ price_components: [{ price: 0.55 }] }],
    }));

  it('does not guess a rate of taxes', () => {
    const unknown: Tariff = {
      ...gross,
      elements: [{ components: [{ dimension: 'ENERGY', price: 1, stepSize: 1 }] }],
    };
    expect(() => formatOf('2.2.1').write(unknown)).toThrow(
      expect.objectContaining({ code: 'TARIFF_NOT_EXPRESSIBLE' }),
    );
  });

  it('R-08, R-39, 2.1.1: leaves out what would price something else without its condition', () => {
    const components = [{ dimension: 'TIME' as const, price: 1_000_000, stepSize: 1 }];
    const tariff: Tariff = {
      ...sampleTariff(),
      elements: [
        { components, restrictions: { reservation: 'RESERVATION' } },
        { components, restrictions: { minCurrent: 32_000 } },
        { components, restrictions: { maxEnergy: 10_000_000 as never } },
      ],
    };
    expect(formatOf('2.1.1').write(tariff)).toMatchObject({
      elements: [{ restrictions: { max_kwh: 10 } }],
    });
    expect(() =>
      formatOf('2.1.1').write({ ...tariff, elements: tariff.elements.slice(0, 2) }),
    ).toThrow(expect.objectContaining({ code: 'TARIFF_NOT_EXPRESSIBLE' }));
  });
});
