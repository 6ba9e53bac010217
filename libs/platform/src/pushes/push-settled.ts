import { ANSWER_MAX, type PushEvent, messageFor, pushEvents } from '@voltledger/contracts';
import { type Instant, type OutgoingMessage, type SessionId } from '@voltledger/kernel';
import { derivedUuid } from '../identity';
import { type Scope } from '../tokens';
import { type Delivery, type Push } from './push';

/** What the platform does not know of a push about a session. */
export interface Told {
  readonly sessionId: SessionId;
  readonly protocol: PushEvent['data']['protocol'];
  readonly at: Instant;
  readonly scope: Scope;
}

/** Tells the others what a partner was told about a session, and what it said to it. */
export function pushSettled(
  push: Push,
  delivery: Delivery,
  { sessionId, protocol, at, scope }: Told,
): OutgoingMessage {
  const { id: pushId, partner, kind, attempt: attempts, enqueuedAt, correlationId } = push;
  const settled = { sessionId, pushId, protocol, partner, kind, attempts, enqueuedAt, at };
  return messageFor(pushEvents, {
    // A refused push may be tried again by an operator: its second answer is news.
    ...{ id: derivedUuid('push-settled', pushId, enqueuedAt), key: sessionId, recordedAt: at },
    ...{ causationId: pushId, correlationId, ...scope },
    event: { type: 'PushSettled', data: { ...settled, ...saidIn(delivery) } },
  });
}

function saidIn(delivery: Delivery) {
  const answer = answerText(delivery);
  if (delivery.outcome === 'refused')
    return { outcome: delivery.outcome, code: delivery.code, detail: delivery.detail, ...answer };
  const { outcome, reference } = delivery;
  return { outcome, ...(reference !== undefined && { reference }), ...answer };
}

/** The partner's own words, as far as they are passed on. */
export function answerText({ answer }: Delivery): { readonly answer?: string } {
  const text = answer === undefined ? undefined : (JSON.stringify(answer) as string | undefined);
  return text === undefined ? {} : { answer: text.slice(0, ANSWER_MAX) };
}
