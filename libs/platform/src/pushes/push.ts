import { type Instant } from '@voltledger/kernel';

/** Something a partner is to be told. Enqueued in the transaction of the fact behind it. */
export interface NewPush {
  /** Derived from the fact: the same fact is the same push, enqueued once. */
  readonly id: string;
  readonly partner: string;
  /** Pushes of one partner and object leave in the order they were enqueued, one at a time. */
  readonly objectKey: string;
  /** What is told, such as `session.put`: `deliver` decides by it. */
  readonly kind: string;
  readonly payload: object;
  /** Replaces older pushes of the same partner, object and kind that were not delivered yet. */
  readonly supersedes?: boolean;
  readonly correlationId: string;
}

/** A push that is due. */
export interface Push {
  readonly id: string;
  readonly partner: string;
  readonly objectKey: string;
  readonly kind: string;
  /** As it was enqueued; parse it by the schema of its kind. */
  readonly payload: unknown;
  readonly correlationId: string;
  readonly enqueuedAt: Instant;
  /** 1 the first time. */
  readonly attempt: number;
}

/**
 * The partner's last word. `reference` is what the partner calls the object. A refusal is for good:
 * whoever may do better on another try throws instead.
 */
export type Delivery =
  | { readonly outcome: 'delivered'; readonly reference?: string; readonly answer?: unknown }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly detail: string;
      readonly answer?: unknown;
    };

/**
 * The partner could not take it now: tried again later. Its answer is kept. Anything else `deliver`
 * throws is tried again too, but is reported as a failure of ours.
 */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';

  constructor(
    readonly code: string,
    message: string,
    readonly answer?: unknown,
  ) {
    super(message);
  }
}

/**
 * `pending` until the partner answered. `refused`: by the partner, or EXPIRED by us. `superseded`:
 * a newer push says the same better. `withdrawn`: there is nobody to tell any more.
 */
export const PUSH_STATES = ['pending', 'delivered', 'refused', 'superseded', 'withdrawn'] as const;
export type PushState = (typeof PUSH_STATES)[number];

/** One try, as it is kept with the push. */
export interface PushAttempt {
  readonly at: Instant;
  readonly outcome: 'delivered' | 'refused' | 'failed';
  readonly code?: string;
  readonly detail?: string;
  readonly answer?: unknown;
}

/** Of a push that waited longer than it may (`PushSettings.ageMsMax`). */
export const EXPIRED = 'EXPIRED';
