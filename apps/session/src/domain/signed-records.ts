import { recordHash, unwrapped } from '@voltledger/signed-meter-data';
import { type Only, type SignedVerdict, type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ChargingSession, hasStarted } from './session-state';
import { type StationClock } from './station-clock';

/**
 * Signed records are kept whatever their reading is worth (OCPP-J-MV-11), each once however often
 * and however wrapped it comes (domain.md 3.7), with the verdict on it.
 */
export function signedData(
  session: ChargingSession,
  { report, verdicts = [] }: StationReport,
  clock: StationClock,
): ChargingEvent[] {
  const known = new Set(examinedBefore(session).map((each) => each.recordHash));
  const { sessionId } = report;
  return report.readings.flatMap(({ signed: sent, measuredAt: sentAt }): ChargingEvent[] => {
    if (!sent) return [];
    const signed = unwrapped(sent);
    const hash = recordHash(signed.data);
    if (known.has(hash)) return [];
    known.add(hash);
    const measuredAt = clock.corrected(sentAt);
    const verdict = verdicts.find((each) => each.recordHash === hash);
    const received = {
      type: 'SignedDataReceived',
      data: { sessionId, measuredAt, signed },
    } as const;
    return verdict ? [received, verdictEvent({ ...verdict, sessionId, measuredAt })] : [received];
  });
}

/** Only a verdict that differs is news. */
export function takeVerdicts(
  { sessionId, verdicts }: Only<'TakeVerdicts'>,
  session: ChargingSession,
): ChargingEvent[] {
  const known = examinedBefore(session);
  return verdicts
    .filter(({ recordHash: hash, verdict, codes }) => {
      const before = known.find((each) => each.recordHash === hash);
      return before?.verdict !== verdict || before.codes.join() !== codes.join();
    })
    .map((verdict) => verdictEvent({ ...verdict, sessionId }));
}

export const examinedBefore = (session: ChargingSession) =>
  hasStarted(session) ? (session.signed ?? []) : [];

type Verdict = SignedVerdict &
  Pick<Extract<ChargingEvent, { type: 'SignedDataReceived' }>['data'], 'sessionId' | 'measuredAt'>;

function verdictEvent({ verdict, ...data }: Verdict): ChargingEvent {
  return verdict === 'verified'
    ? { type: 'SignedDataVerified', data: { ...data, verdict } }
    : { type: 'SignedDataRejected', data: { ...data, verdict } };
}
