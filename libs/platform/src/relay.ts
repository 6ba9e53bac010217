import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import { type OutgoingMessage, type RecordedEvent } from '@voltledger/kernel';

/**
 * What a service tells the others about its streams. One relay per service reads the store with a
 * checkpoint of its own and publishes what `messagesOf` makes of each event: the only way from
 * store to bus, so nothing is ever written to one and not the other.
 */
export interface StreamPublication {
  /** Names the checkpoint: `<service>.relay`. */
  readonly reader: string;
  readonly categories: readonly string[];
  /** Pure. The messages' ids derive from the event's, so that a repeat is recognisable. */
  readonly messagesOf: (event: RecordedEvent) => readonly OutgoingMessage[];
}

export const PUBLICATION = Symbol('publication');

/** Marks a provider as a `StreamPublication`: the platform finds and runs it. */
export const Publishes = (): ClassDecorator =>
  applyDecorators(Injectable(), SetMetadata(PUBLICATION, true));
