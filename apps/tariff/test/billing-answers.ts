import {
  type CdrEvent,
  type TariffEvent,
  authorizationSchema,
  cdrEvents,
  messageFor,
} from '@voltledger/contracts';
import { type OutgoingMessage, type Region, type TenantId } from '@voltledger/kernel';
import { derivedUuid } from '@voltledger/platform';
import { at } from '@voltledger/testing';
import { placeWith } from './session-messages';

type Rerated = Extract<TariffEvent, { type: 'SessionRerated' }>['data'];

const HASH = '0'.repeat(64);

/** What billing says when it charges a session anew by its re-rating. */
export function reissued({
  sessionId,
  reratingId,
  rating,
  tariff,
  contentHash,
}: Rerated): CdrEvent {
  const [amount, amountAfter] = [rating.costs.total.beforeTaxes, rating.costs.total.afterTaxes!];
  const billed = { lines: [], beforeTaxes: amount, taxes: [], afterTaxes: amountAfter };
  const token = { uid: '0D000001', type: 'RFID', contractId: 'DE-VLT-C1', issuer: 'VLT' };
  const cdr = {
    ...{
      cdrId: `${sessionId.slice(0, 30)}-R` as never,
      sessionId,
      countryCode: 'DE',
      partyId: 'VLT',
    },
    ...{ startedAt: at('10:00'), endedAt: at('11:00'), place: placeWith('T1') },
    authorization: authorizationSchema.parse({
      method: 'WHITELIST',
      token,
      payer: { kind: 'own' },
    }),
    ...{ energy: rating.energy, time: rating.time, periods: rating.periods, trace: rating.trace },
    ...{ tariff, tariffHash: contentHash, costs: rating.costs, billed, ratingRules: rating.rules },
    ...{ roundingPolicy: 'test', signedData: [], issuedAt: at('12:00') },
  };
  const seal = { sequence: 1, contentHash: HASH, previousHash: HASH, hash: HASH };
  return { type: 'CdrIssued', data: { cdr, seal, reratingId } };
}

export const refused = ({ sessionId, reratingId }: Rerated, code: string): CdrEvent => ({
  type: 'ReratingRefused',
  data: { sessionId, reratingId, code, detail: 'Dispute 1 is open.', at: at('12:00') },
});

export const billingMessage = (event: CdrEvent, key: string): OutgoingMessage =>
  messageFor(cdrEvents, {
    ...{ id: derivedUuid('billing', key, event.type), key, event, revision: 1 },
    ...{ causationId: 'test', correlationId: key, recordedAt: at('12:00') },
    ...{ tenant: 'voltledger' as TenantId, region: 'home' as Region },
  });
