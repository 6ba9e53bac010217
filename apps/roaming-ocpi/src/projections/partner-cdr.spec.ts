import { type CdrEvent } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import { ocpiCdr, ocpiCredit } from '@voltledger/testing';
import { partnerCdr } from './partner-cdr';

const hash = '0'.repeat(64);
const seal = { sequence: 1, contentHash: hash, previousHash: hash, hash };
const cdr = ocpiCdr('nl-tnm');

it('goes to the partner that pays it, and so does its credit (OCPI-CDR-07)', () => {
  expect(partnerCdr({ event: { type: 'CdrIssued', data: { cdr, seal } } })).toEqual({
    partnerId: 'nl-tnm',
    cdr,
  });
  const credit = ocpiCredit(cdr, 'CDR-OCPI-2');
  const data = { originalId: cdr.cdrId, credit, seal, reason: 'corrected', by: 'system' };
  const credited = { type: 'CdrCredited', data } as unknown as CdrEvent;
  expect(partnerCdr({ event: credited })).toEqual({ partnerId: 'nl-tnm', cdr: credit });
});

it("is nobody's else: not of our own customers, not of Hubject's", () => {
  const own = { ...cdr, authorization: { ...cdr.authorization, payer: { kind: 'own' as const } } };
  expect(partnerCdr({ event: { type: 'CdrIssued', data: { cdr: own, seal } } })).toBeUndefined();
});

it('is nothing while it is held', () => {
  const reasons = [{ code: 'NO_TARIFF', explanation: '', remedy: '' }];
  const { sessionId } = cdr;
  const at = instant('2026-03-05T12:00:00Z');
  expect(
    partnerCdr({ event: { type: 'CdrHeld', data: { sessionId, reasons, at } } }),
  ).toBeUndefined();
});
