import { type NewPush, derivedUuid } from '@voltledger/platform';

/**
 * What is pushed, and how the queue orders it. A push names its object; what is sent is read from
 * the object's row at that moment, so a slow partner gets the newest state and nothing older.
 */
export type PushSubject =
  | { readonly kind: 'location'; readonly locationId: string }
  | { readonly kind: 'evse-status'; readonly locationId: string; readonly evseUid: string }
  | { readonly kind: 'tariff'; readonly tariffId: string }
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'session-totals'; readonly sessionId: string }
  | { readonly kind: 'cdr'; readonly cdrId: string; readonly sessionId: string }
  | { readonly kind: 'command-result'; readonly commandId: string };

/** What led to a push: the message's id, and the story it belongs to. */
export interface PushCause {
  readonly id: string;
  readonly correlationId: string;
}

/** The same fact gives the same push, however often it is projected. */
export function pushTo(partner: string, subject: PushSubject, cause: PushCause): NewPush {
  const { kind, ...payload } = subject;
  const objectKey = objectKeyOf(subject);
  return {
    id: derivedUuid('push', partner, kind, objectKey, cause.id),
    partner,
    objectKey,
    kind,
    payload,
    supersedes: kind !== 'cdr' && kind !== 'command-result',
    correlationId: cause.correlationId,
  };
}

/** Pushes of one key reach a partner in order: a credit comes after the CDR it takes back. */
function objectKeyOf(subject: PushSubject): string {
  switch (subject.kind) {
    case 'location':
      return `location/${subject.locationId}`;
    case 'evse-status':
      return `evse/${subject.locationId}/${subject.evseUid}`;
    case 'tariff':
      return `tariff/${subject.tariffId}`;
    case 'session':
    case 'session-totals':
      return `session/${subject.sessionId}`;
    case 'cdr':
      return `cdr/${subject.sessionId}`;
    case 'command-result':
      return `command/${subject.commandId}`;
  }
}
