import { type CdrEventEnvelope } from '@voltledger/contracts';
import {
  cdrIdOf,
  cdrOf,
  drawing,
  issuedAt,
  oicpDriver,
  ownDriver,
  sealOf,
  session,
} from '../../test/samples';
import { creditOf } from '../domain/cdr-document';
import { cdrFact } from './cdr-fact';

const factOf = (event: object) =>
  cdrFact({ id: 'e', correlationId: 'story', event } as unknown as CdrEventEnvelope);

const atHubject = cdrOf({ ...session, authorization: oicpDriver }, 1);
const issued = (cdr: typeof atHubject) =>
  factOf({ type: 'CdrIssued', data: { cdr, seal: sealOf(1) } });
const credited = (cdr: typeof atHubject) => {
  const credit = creditOf(cdr, cdrIdOf(2), issuedAt);
  const data = { originalId: cdr.cdrId, credit, seal: sealOf(2), reason: 'wrong', by: 'ada' };
  return factOf({ type: 'CdrCredited', data });
};

describe('2.4 Hubject takes one CDR per session', () => {
  it('so the first goes there', () => expect(issued(atHubject)!.bilateral).toBe(false));

  it('and a credit, and what is issued after it, is settled bilaterally', () => {
    expect(credited(atHubject)).toMatchObject({
      bilateral: true,
      kind: 'credit',
      partner: 'DE-ABC',
    });
    const again = cdrOf({ ...drawing('11'), authorization: oicpDriver }, 3, atHubject.cdrId);
    expect(issued(again)!.bilateral).toBe(true);
  });

  it('while OCPI partners take credits', () =>
    expect(credited(cdrOf(session, 1))!.bilateral).toBe(false));
});

it('2.14: keeps who took a CDR back, and why', () =>
  expect(credited(cdrOf({ ...session, authorization: ownDriver }, 1))).toMatchObject({
    ...{ partner: 'own', reason: 'wrong', takenBackBy: 'ada' },
  }));
