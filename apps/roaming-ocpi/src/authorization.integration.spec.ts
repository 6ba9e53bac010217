import { randomUUID } from 'node:crypto';
import { type SessionEvent } from '@voltledger/contracts';
import { instantAt } from '@voltledger/kernel';
import {
  type OcpiPartner,
  type OcpiRig,
  eventually,
  ocpiAuthorization,
  ocpiPlace,
  sampleStationId,
  startOcpiRig,
} from '@voltledger/testing';
import { roamingOcpiService } from './app.module';

let rig: OcpiRig;
let partner: OcpiPartner;

beforeAll(async () => {
  rig = await startOcpiRig(roamingOcpiService);
  partner = await rig.partner('nl-tnm');
});

afterAll(() => rig.close());

describe('real-time authorization', () => {
  /** A driver presents this card; the partner may take so long. */
  async function asked(uid: string, millis = 5_000) {
    const requestId = randomUUID();
    const { token, payer } = ocpiAuthorization('nl-tnm', uid);
    await rig.sessions({
      type: 'RoamingAuthorizationRequested',
      data: {
        ...{ requestId, stationId: sampleStationId(1), token, presented: { uid, type: 'RFID' } },
        ...{ payer, place: ocpiPlace(), until: instantAt(Date.now() + millis) },
      },
    } as unknown as SessionEvent);
    return eventually(() => {
      const mine = rig.news.flatMap((each) =>
        each.type === 'RoamingAuthorizationAnswered' && each.data.requestId === requestId
          ? [each.data]
          : [],
      );
      expect(mine).toHaveLength(1);
      return mine[0]!.answer;
    });
  }

  it('asks the partner, with the place (OCPI-TOK-05, OCPI-TOK-13)', async () => {
    partner.tokens.issue('04A0', { contract_id: 'NL-TNM-NOW' });
    partner.tokens.verdict = () => ({ allowed: 'ALLOWED', authorization_reference: 'REF-9' });
    expect(await asked('04A0')).toMatchObject({
      status: 'accepted',
      authorization: {
        ...{ method: 'AUTH_REQUEST', reference: 'REF-9', token: { contractId: 'NL-TNM-NOW' } },
        payer: { kind: 'ocpi', partnerId: 'nl-tnm', partyId: 'TNM' },
      },
    });
    expect(partner.tokens.asked.at(-1)).toEqual({
      uid: '04A0',
      location: { location_id: 'HARBOUR', evse_uids: ['EVSE-0001'] },
    });
  });

  it('passes a no on as what it is (OCPI-TOK-06, OCPI-TOK-07)', async () => {
    partner.tokens.issue('04A1');
    partner.tokens.verdict = () => ({ allowed: 'NO_CREDIT' });
    expect(await asked('04A1')).toEqual({ status: 'refused', refusal: 'NO_CREDIT' });
    expect(await asked('NEVER-ISSUED')).toEqual({ status: 'refused', refusal: 'UNKNOWN' });
  });

  it('says UNAVAILABLE for a partner that fails or dawdles (OCPI-TOK-14)', async () => {
    partner.tokens.issue('04A2');
    partner.faults.plan({ kind: 'fails', status: 503 }, { module: 'tokens' });
    expect(await asked('04A2')).toEqual({ status: 'refused', refusal: 'UNAVAILABLE' });
    partner.faults.plan({ kind: 'is slow', millis: 2_000 }, { module: 'tokens' });
    expect(await asked('04A2', 400)).toEqual({ status: 'refused', refusal: 'UNAVAILABLE' });
  });
});
