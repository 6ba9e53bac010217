import { type ChargingPlace, type SessionEvent } from '@voltledger/contracts';
import { type Currency, type Instant, type MilliWattHours } from '@voltledger/kernel';

/** A session as the operator sees it. Columns that an event says nothing about stay as they are. */
export interface SessionRow {
  readonly status: 'announced' | 'active' | 'ended' | 'estimated';
  readonly station_id: string;
  readonly transaction_id: string;
  readonly location_id: string;
  readonly evse_uid: string;
  readonly evse_id: string;
  readonly token_uid: string;
  readonly contract_id: string;
  readonly payer_kind: string;
  readonly partner_id: string | null;
  readonly refusal: string | null;
  readonly started_at: Instant;
  readonly ended_at: Instant;
  readonly end_reason: string;
  readonly charging_state: string;
  readonly energy_mwh: MilliWattHours;
  readonly tariff_id: string;
  readonly currency: Currency;
  readonly cost_micros: number;
  readonly cost_after_taxes_micros: number | null;
  readonly cost_energy_mwh: MilliWattHours;
}

export interface SessionChange {
  readonly set: Partial<SessionRow>;
  /** Something to be doubted, added to what is doubted already. */
  readonly doubt?: string;
  /** A figure that only grows while the session runs: readings may come out of order. */
  readonly atLeast?: MilliWattHours;
}

type Stories = {
  readonly [Type in SessionEvent['type']]?: (
    data: Extract<SessionEvent, { type: Type }>['data'],
  ) => SessionChange;
};

/** Each event says what it changes, whatever the row says: no event needs the row to be read. */
const CHANGES: Stories = {
  SessionStarted: ({ stationId, transactionId, startedAt, ...data }) => ({
    set: {
      ...{ status: 'active', station_id: stationId, transaction_id: transactionId },
      ...{ started_at: startedAt, refusal: data.refusal ?? null },
      ...(data.presented && { token_uid: data.presented.uid }),
      ...(data.place && placed(data.place)),
      ...(data.authorization && authorized(data.authorization)),
    },
  }),
  SessionPlaced: ({ place }) => ({ set: placed(place) }),
  SessionAuthorized: ({ authorization }) => ({
    set: { ...authorized(authorization), refusal: null },
  }),
  TariffAttached: ({ tariff }) => ({
    set: { tariff_id: tariff.tariffId, currency: tariff.currency },
  }),
  MeterValueRecorded: ({ delivered }) => ({ set: {}, atLeast: delivered }),
  ChargingStateChanged: ({ state }) => ({ set: { charging_state: state } }),
  CostUpdated: ({ total, energy }) => ({
    set: {
      currency: total.beforeTaxes.currency,
      cost_micros: total.beforeTaxes.micros,
      cost_after_taxes_micros: total.afterTaxes?.micros ?? null,
      cost_energy_mwh: energy,
    },
  }),
  MeterAnomalyFound: ({ kind }) => ({ set: {}, doubt: kind }),
  LateDataReceived: ({ verdict }) =>
    verdict === 'needs review' ? { set: {}, doubt: 'late data' } : { set: {} },
  SessionEnded: ({ endedAt, delivered, reason }) => ({
    set: { status: 'ended', ended_at: endedAt, energy_mwh: delivered, end_reason: reason },
  }),
  SessionClosedByEstimate: ({ endedAt, delivered, basis }) => ({
    set: { status: 'estimated', ended_at: endedAt, energy_mwh: delivered, end_reason: basis },
  }),
  ReportSetAside: () => ({ set: {} }),
};

/** @returns undefined when the event is not about a session's row. */
export function sessionChange({ type, data }: SessionEvent): SessionChange | undefined {
  const change = CHANGES[type] as ((data: object) => SessionChange) | undefined;
  return change?.(data);
}

const placed = ({ place, evse }: ChargingPlace): Partial<SessionRow> => ({
  location_id: place.locationId,
  evse_uid: evse.evseUid,
  evse_id: evse.evseId,
});

const authorized = ({
  token,
  payer,
}: Extract<SessionEvent, { type: 'SessionAuthorized' }>['data']['authorization']) => ({
  token_uid: token.uid,
  contract_id: token.contractId,
  payer_kind: payer.kind,
  partner_id: partnerOf(payer),
});

const partnerOf = (
  payer: Extract<SessionEvent, { type: 'SessionAuthorized' }>['data']['authorization']['payer'],
): string | null => {
  if (payer.kind === 'ocpi') return payer.partnerId;
  return payer.kind === 'oicp' ? payer.providerId : null;
};
