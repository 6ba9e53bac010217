import { backOffMs as doubledMs } from '../back-off';

export interface PushSettings {
  /** Deliveries at once, and of these to one partner. */
  readonly deliveriesMax: number;
  readonly deliveriesPerPartnerMax: number;
  /** A delivery that takes longer is given up and tried again. */
  readonly deliveryMsMax: number;
  /** Whoever delivers a push says so again and again, after this time at the latest. */
  readonly beatMs: number;
  /** A push that nobody spoke for so long is abandoned: its process died. */
  readonly leaseMs: number;
  /** The wait after the first failure; doubles up to the maximum, plus or minus a quarter. */
  readonly backOffMsMin: number;
  readonly backOffMsMax: number;
  /** Failures in a row after which a partner gets one push at a time, as a probe. */
  readonly failuresUntilProbing: number;
  readonly probeMsMax: number;
  /** A push older than this is given up as refused, with the code EXPIRED. */
  readonly ageMsMax: number;
  /** What was delivered or superseded is forgotten after this. */
  readonly keptMs: number;
  /** At shutdown: how long deliveries may finish before they are given up. */
  readonly graceMs: number;
  /** 0 to 1, for the spread of back-off. */
  readonly random: () => number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const pushSettings: PushSettings = {
  deliveriesMax: 64,
  deliveriesPerPartnerMax: 4,
  deliveryMsMax: MINUTE,
  beatMs: 2_000,
  leaseMs: 10_000,
  backOffMsMin: 1_000,
  backOffMsMax: 60 * MINUTE,
  failuresUntilProbing: 5,
  probeMsMax: MINUTE,
  ageMsMax: 30 * DAY,
  keptMs: 90 * DAY,
  graceMs: 10_000,
  random: Math.random,
};

type BackOff = Pick<PushSettings, 'backOffMsMin' | 'backOffMsMax' | 'random'>;

/** Milliseconds to wait after the given attempt (1 is the first) failed. */
export function backOffMs(attempt: number, settings: BackOff): number {
  const { backOffMsMin, backOffMsMax, random } = settings;
  const doubled = doubledMs({ firstMs: backOffMsMin, mostMs: backOffMsMax }, attempt);
  return Math.round(doubled * (0.75 + random() / 2));
}
