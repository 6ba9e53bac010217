import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';

/**
 * Work that is done again and again: pushes that are due, requests that expired. Several instances
 * may run at once, so it takes rows with `FOR UPDATE SKIP LOCKED`.
 */
export interface RecurringWork {
  readonly name: string;
  /** Milliseconds of rest after a run that found nothing to do. */
  readonly every: number;
  /** One bounded batch. `true`: there may be more, run again at once. */
  run(signal: AbortSignal): Promise<boolean>;
}

export const WORKER = Symbol('worker');

/** Marks a provider as `RecurringWork`: the platform finds and runs it, and stops it gracefully. */
export const Worker = (): ClassDecorator =>
  applyDecorators(Injectable(), SetMetadata(WORKER, true));
