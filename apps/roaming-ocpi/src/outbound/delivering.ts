import { DomainError } from '@voltledger/kernel';
import { type Wire } from '@voltledger/ocpi';
import { type Delivery } from '@voltledger/platform';
import { z } from 'zod';
import { type PushSubject } from '../projections/push-kinds';
import { type PartnerAnswer } from './partner-answer';
import { type PartnerConversation } from './partner-conversation';

export type PushKind = PushSubject['kind'];
export type PushPayload<Kind extends PushKind> = Omit<Extract<PushSubject, { kind: Kind }>, 'kind'>;

/** How one kind of push is told to a partner. */
export type Deliver<Kind extends PushKind> = (
  payload: PushPayload<Kind>,
  conversation: PartnerConversation,
) => Promise<Delivery>;

/** Refusals of our own: the operator sees them beside those of the partner. */
export const refusedByUs = (code: string, detail: string): Delivery => ({
  outcome: 'refused',
  code,
  detail,
});

/** The partner has no address for it (OCPI-VER-11: such modules are not called). */
export const notOffered = (module: string): Delivery =>
  refusedByUs('NOT_OFFERED', `The partner offers no RECEIVER side of ${module}.`);

export const objectGone = (what: string): Delivery =>
  refusedByUs('OBJECT_GONE', `${what} is not here, or not this partner's.`);

export const deliveryOf = (answer: PartnerAnswer, reference?: string): Delivery => {
  const kept = { answer: answer.http.body ?? answer.http.text };
  if (answer.outcome === 'success')
    return { outcome: 'delivered', ...kept, ...(reference !== undefined && { reference }) };
  const { code, detail } = answer;
  return { outcome: 'refused', code, detail, ...kept };
};

/**
 * An object in the partner's version, or why it cannot be told in it. Sending it again would change
 * nothing, so that is a refusal for an operator to see, not a failure to retry.
 */
export function written(
  write: () => Wire,
): { readonly body: Wire } | { readonly refusal: Delivery } {
  try {
    return { body: write() };
  } catch (error) {
    if (error instanceof z.ZodError)
      return { refusal: refusedByUs('NOT_EXPRESSIBLE', z.prettifyError(error)) };
    if (error instanceof DomainError) return { refusal: refusedByUs(error.code, error.message) };
    throw error;
  }
}
