import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractIdText, languageText, phoneText, timeZoneText } from '../v23/scalars';
import { dinCheckCharacter, isoCheckCharacter } from './check-character';
import {
  checkedContractId,
  isBrokerSessionId,
  isSameEvse,
  isSameOperator,
  isSameProvider,
  normalizedUid,
  parseContractId,
  parseEvseId,
  parseOperatorId,
  parseProviderId,
  sessionIdKey,
} from './identifiers';

interface Case {
  readonly type: string;
  readonly text: string;
  readonly valid: boolean;
  readonly strict?: boolean;
  readonly standard?: string;
  readonly canonical?: string;
  readonly operator?: string;
  readonly provider?: string;
  readonly checkDigit?: string;
}

const file = join(__dirname, '../../../../test/vectors/oicp/identifiers.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];
const of = (type: string) => cases.filter((each) => each.type === type);
const matches = (schema: { safeParse(text: string): { success: boolean } }) => (text: string) =>
  schema.safeParse(text).success;

describe('OICP identifiers', () => {
  it.each(of('EvseID'))(
    'OICP-IDS-01 OICP-IDS-05 OICP-IDS-06 takes the EvseID $text apart',
    ({ text, valid, standard, canonical, operator }) => {
      const parsed = parseEvseId(text);
      expect(parsed !== undefined).toBe(valid);
      if (canonical)
        expect(parsed).toEqual(
          expect.objectContaining({ text, key: canonical, standard, operator }),
        );
    },
  );

  it.each(of('EvcoID'))(
    'OICP-IDS-01 OICP-IDS-07 takes the EvcoID $text apart, wrong check characters included',
    ({ text, valid, strict, standard, provider }) => {
      const parsed = parseContractId(text);
      expect(parsed !== undefined).toBe(valid && strict !== false);
      expect(matches(contractIdText)(text)).toBe(valid && strict !== false);
      if (standard) expect(parsed).toEqual(expect.objectContaining({ standard, provider }));
    },
  );

  it.each([
    ['OperatorID', (text: string) => parseOperatorId(text) !== undefined],
    ['ProviderID', (text: string) => parseProviderId(text) !== undefined],
    ['SessionID', isBrokerSessionId],
    ['UID', (text: string) => normalizedUid(text) === text],
    ['PhoneNumber', matches(phoneText)],
    ['LanguageCode', matches(languageText)],
    ['TimeZone', matches(timeZoneText)],
  ])('OICP-IDS-07 writes a %s only in its published form', (type, isWritten) => {
    for (const { text, valid, strict } of of(type))
      expect([text, isWritten(text)]).toEqual([text, valid && strict !== false]);
  });

  it.each(of('isoCheckDigit'))(
    'OICP-IDS-09 $text has the check character $checkDigit',
    (vector) => {
      expect(isoCheckCharacter(vector.text)).toBe(vector.checkDigit);
    },
  );

  it.each(of('dinCheckDigit'))('OICP-IDS-11 $text has the check digit $checkDigit', (vector) => {
    expect(dinCheckCharacter(vector.text)).toBe(vector.checkDigit);
  });

  it('OICP-IDS-10 adds the check character where a contract id comes without one', () => {
    expect(checkedContractId('DE-T02-C12345678')).toBe('DE-T02-C12345678-S');
    expect(checkedContractId('DET02C12345678')).toBe('DET02C12345678S');
    expect(checkedContractId('DE-T02-C12345678-X')).toBe('DE-T02-C12345678-X');
    expect(checkedContractId('customer 7')).toBeUndefined();
  });

  it('OICP-IDS-02 compares without regard to case, separators and the plus', () => {
    expect(isSameEvse('DE*AB7*E840*6487', 'deab7e8406487')).toBe(true);
    expect(isSameEvse('+49*810*000*438', '49*810*000*438')).toBe(true);
    expect(isSameOperator('DE*VLT', 'devlt')).toBe(true);
    expect(isSameProvider('DE*T02', 'DE-T02')).toBe(true);
    expect(isSameEvse('DE*AB7*E1', 'DE*AB7*E2')).toBe(false);
    expect(isSameEvse('nothing', 'nothing')).toBe(false);
  });

  it('OICP-IDS-12 OICP-IDS-13 strips a UID of separators, and takes no other length', () => {
    expect(normalizedUid('04:4a:2d:aa')).toBe('044A2DAA');
    expect(normalizedUid('04 4a 2d aa 85 62 80')).toBe('044A2DAA856280');
    expect(normalizedUid('044A2DAA85')).toBeUndefined();
    expect(normalizedUid('AFFH1768')).toBeUndefined();
  });

  it('OICP-SES-05 compares session ids without regard to case', () => {
    expect(sessionIdKey('F98EFBA4-02D8-4FA0-B810-9A9D50D2C527')).toBe(
      sessionIdKey('f98efba4-02d8-4fa0-b810-9a9d50d2c527'),
    );
  });
});
