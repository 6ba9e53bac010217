import { type IssuedToken, type StationEvent, type TransactionReport } from '@voltledger/contracts';
import { type SessionId, type StationId } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { at, samplePlace, sampleReading, sampleReport, sampleToken } from '@voltledger/testing';

/** A roaming partner with tokens of its own. */
export const partner = { partnerId: 'partner-xyz' as never, countryCode: 'NL', partyId: 'XYZ' };

export const tokenOf = (uid: string, rest: Partial<IssuedToken> = {}): IssuedToken => ({
  ...sampleToken(uid),
  updatedAt: at('08:00'),
  ...rest,
});

/** What a station of its own reports about a transaction of its own; 1.6, where nothing is said. */
export function transaction(uid = 'AB12CD34') {
  const sessionId = newUuid() as string as SessionId;
  const stationId = `CS-${sessionId.slice(0, 8)}` as StationId;
  const same = { sessionId, stationId, place: samplePlace() };
  const token = { uid, type: 'OTHER' as const };
  const begin = sampleReading('100', '10:00', { context: 'begin' });
  return {
    sessionId,
    stationId,
    start: (askedFor?: string, rest: Partial<TransactionReport> = {}): StationEvent => ({
      type: 'TransactionStarted',
      data: {
        ...sampleReport('10:00', [begin], { ...same, token, ...rest }),
        ...(askedFor !== undefined && { authorizationRequestId: askedFor }),
      },
    }),
    read: (
      register: string,
      time: string,
      rest: Partial<TransactionReport> = {},
    ): StationEvent => ({
      type: 'TransactionUpdated',
      data: sampleReport(time, [sampleReading(register, time)], { ...same, ...rest }),
    }),
    end: (register: string, time: string, rest: Partial<TransactionReport> = {}): StationEvent => ({
      type: 'TransactionEnded',
      data: {
        ...sampleReport(time, [sampleReading(register, time, { context: 'end' })], {
          ...same,
          ...rest,
        }),
        reason: 'Local',
      },
    }),
  };
}
