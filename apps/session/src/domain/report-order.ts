import { type Instant } from '@voltledger/kernel';
import { type StationReport } from './session-command';

/** An end comes behind all that bears its number; some stations number everything 0. */
const RANK: Record<StationReport['kind'], number> = { started: 0, updated: 1, ended: 2 };

/** The order in which a station must have written its reports, whatever order they came in. */
export function inOrder(reports: readonly StationReport[]): StationReport[] {
  return [...reports].sort(
    (one, other) =>
      (one.report.seqNo ?? -1) - (other.report.seqNo ?? -1) ||
      RANK[one.kind] - RANK[other.kind] ||
      compare(one.report.reportedAt, other.report.reportedAt) ||
      compare(one.report.fingerprint, other.report.fingerprint),
  );
}

/** Nothing before it is missing: its number is due, was due before, or it has none. */
export const isDue = (
  { report: { seqNo } }: StationReport,
  expected: number | undefined,
): boolean => seqNo === undefined || expected === undefined || seqNo <= expected;

export const cameBefore =
  (moment: Instant) =>
  ({ report }: StationReport): boolean =>
    report.arrivedAt <= moment;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
