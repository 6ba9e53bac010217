import { NoAnswer } from '../http/fetch-json';
import { redactedText } from '../telemetry/redaction';
import { type Delivery, DeliveryFailed, type PushAttempt } from './push';

/** A try, without the time the database gives it. */
export type Outcome = Omit<PushAttempt, 'at'>;

/** What is kept of one answer, in characters. */
const ANSWER_MAX = 8_000;

export function outcomeOf(delivery: Delivery): Outcome {
  const answer = delivery.answer === undefined ? {} : { answer: shortened(delivery.answer) };
  if (delivery.outcome === 'delivered') return { outcome: 'delivered', ...answer };
  return { outcome: 'refused', code: delivery.code, detail: delivery.detail, ...answer };
}

/** What `deliver` threw, as it may be shown to an operator. */
export function failureOf(error: unknown): Outcome {
  const detail = redactedText(error instanceof Error ? error.message : 'failed without an error');
  if (!(error instanceof DeliveryFailed))
    return { outcome: 'failed', code: nameOf(error), detail: detail.slice(0, ANSWER_MAX) };
  const answer = error.answer === undefined ? {} : { answer: shortened(error.answer) };
  return { outcome: 'failed', code: error.code, detail, ...answer };
}

const nameOf = (error: unknown): string => {
  if (error instanceof NoAnswer) return `NO_ANSWER_${error.reason.toUpperCase().replace('-', '_')}`;
  return error instanceof Error ? error.name : 'Error';
};

/** Long answers (a proxy's HTML page) are cut: it is their beginning that tells. */
function shortened(answer: unknown): unknown {
  const text = JSON.stringify(answer) as string | undefined;
  if (text === undefined || text.length <= ANSWER_MAX) return answer;
  return { beginning: text.slice(0, ANSWER_MAX) };
}
