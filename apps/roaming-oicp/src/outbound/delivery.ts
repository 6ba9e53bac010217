import { type Answer, type OicpVersion } from '@voltledger/oicp';
import { type Delivery, DeliveryFailed } from '@voltledger/platform';

/**
 * What an answer means for a push: taken, refused for good, or to be tried again.
 *
 * @throws DeliveryFailed when trying again may help (OICP-COD-04).
 */
export function deliveryOf(
  answer: Answer<object>,
  { isWorthRepeating }: Pick<OicpVersion, 'isWorthRepeating'>,
): Delivery {
  if (isWorthRepeating(answer)) throw notNow(answer);
  switch (answer.outcome) {
    case 'accepted':
      return { outcome: 'delivered' };
    case 'refused':
      return { outcome: 'refused', code: answer.code, detail: answer.detail, answer };
    case 'invalid':
      return { outcome: 'refused', code: 'INVALID', detail: problemsOf(answer.problems), answer };
    case 'throttled':
    case 'failed':
      throw notNow(answer);
  }
}

/** To be thrown: the same push is tried again later. */
export function notNow(answer: Answer<object>): DeliveryFailed {
  switch (answer.outcome) {
    case 'refused':
      return new DeliveryFailed(answer.code, answer.detail, answer);
    case 'throttled':
      return new DeliveryFailed('429', 'Hubject asks for fewer calls.');
    case 'failed':
      return new DeliveryFailed('UNREADABLE', answer.detail);
    case 'accepted':
    case 'invalid':
      return new DeliveryFailed(answer.outcome.toUpperCase(), 'tried again by our own decision');
  }
}

export const problemsOf = (
  problems: readonly { readonly pointer: string; readonly problem: string }[],
): string => problems.map(({ pointer, problem }) => `${pointer} ${problem}`).join('; ');
