import { type Cdr, type CdrEventEnvelope } from '@voltledger/contracts';
import { currency } from '@voltledger/kernel';
import {
  cdrIdOf,
  cdrOf,
  issuedAt,
  oicpDriver,
  ownDriver,
  price,
  rating,
  sealOf,
  session,
  tariff,
  tariffHash,
} from '../../test/samples';
import { creditOf } from '../domain/cdr-document';
import { entryFor } from './ledger-entry';
import { bookedText } from './ledger-text';

const issued = (cdr: Cdr) =>
  ({ id: 'e1', event: { type: 'CdrIssued', data: { cdr, seal: sealOf(1) } } }) as CdrEventEnvelope;

const credited = (cdr: Cdr) => {
  const credit = creditOf(cdr, cdrIdOf(2), issuedAt);
  const data = { originalId: cdr.cdrId, credit, seal: sealOf(2), reason: 'wrong', by: 'ada' };
  return { id: 'e2', event: { type: 'CdrCredited', data } } as CdrEventEnvelope;
};

/** `account: debit | credit` */
const lines = (envelope: CdrEventEnvelope) =>
  entryFor(envelope)!.postings.map(
    ({ account, debitMicros, creditMicros, currency: of }) =>
      `${account}: ${bookedText(debitMicros, of)} | ${bookedText(creditMicros, of)}`,
  );

describe('what a CDR posts', () => {
  it('to a roaming partner: receivable to revenue by type and country, and VAT payable', () =>
    expect(lines(issued(cdrOf(session, 1)))).toEqual([
      'receivable:ocpi:partner-xyz: 4.64 | 0.00',
      'revenue:energy:DEU: 0.00 | 3.90',
      'tax-payable:DEU:VAT:19: 0.00 | 0.74',
    ]));

  it('to a provider at Hubject, and to our own customers without naming any', () => {
    const [hubject] = lines(issued(cdrOf({ ...session, authorization: oicpDriver }, 1)));
    expect(hubject).toBe('receivable:oicp:DE-ABC: 4.64 | 0.00');
    const [own] = lines(issued(cdrOf({ ...session, authorization: ownDriver }, 1)));
    expect(own).toBe('receivable:drivers: 4.64 | 0.00');
  });

  it('by a credit: the exact reversal', () =>
    expect(lines(credited(cdrOf(session, 1)))).toEqual([
      'receivable:ocpi:partner-xyz: 0.00 | 4.64',
      'revenue:energy:DEU: 3.90 | 0.00',
      'tax-payable:DEU:VAT:19: 0.74 | 0.00',
    ]));

  it('what a maximum price takes, on the other side', () => {
    const costs = {
      ...{ energy: price('3.9', '0'), fixed: price('1', '0'), total: price('4', '0.76') },
    };
    const capped = {
      ...{ ...session, rating: { ...rating, costs } },
      tariffs: [
        { tariff: { ...tariff, maxPrice: { beforeTaxes: 4_000_000 } }, contentHash: tariffHash },
      ],
    };
    expect(lines(issued(cdrOf(capped, 1)))).toEqual([
      'receivable:ocpi:partner-xyz: 4.76 | 0.00',
      'revenue:energy:DEU: 0.00 | 3.90',
      'revenue:fixed:DEU: 0.00 | 1.00',
      'revenue:price-limit:DEU: 0.90 | 0.00',
      'tax-payable:DEU:VAT:19: 0.00 | 0.76',
    ]);
  });

  it('for nothing: two lines of nothing, so that every CDR is in the books', () => {
    const total = { ...price('0', '0'), taxes: [] };
    const free = { ...session, rating: { ...rating, costs: { total } } };
    expect(lines(issued(cdrOf(free, 1)))).toEqual([
      'receivable:ocpi:partner-xyz: 0.00 | 0.00',
      'revenue:energy:DEU: 0.00 | 0.00',
    ]);
  });

  it('nothing, while it is held', () => {
    const data = { sessionId: session.sessionId, reasons: [], at: issuedAt };
    expect(entryFor({ id: 'e', event: { type: 'CdrHeld', data } } as never)).toBeUndefined();
  });
});

it('writes amounts with the digits of their currency, and never cuts one', () => {
  expect(bookedText(-124_000_000, currency('JPY'))).toBe('-124');
  expect(bookedText(1_235_000, currency('BHD'))).toBe('1.235');
  expect(() => bookedText(1_235_000, currency('EUR'))).toThrow(/no whole minor units/);
});
