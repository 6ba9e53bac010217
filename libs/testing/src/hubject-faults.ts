import { type CalledOperation } from '@voltledger/oicp';
import { type HubjectAnswer, acknowledged, forbidden, invalid } from './hubject-answers';

/**
 * - `delay`: answers later. `hang`: never.
 * - `lose answer`: does what was asked, then closes the connection. `reset`: closes it before.
 * - `status`: an HTTP status with an empty body. `refuse`: Result false with a code.
 * - `reject`: HTTP 400 for a field of one record. `html`: a gateway's page. `truncate`: half of the
 *   answer.
 */
export type HubjectFault =
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'lose answer' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'refuse'; readonly code: string }
  | { readonly kind: 'reject'; readonly record: number; readonly field: string }
  | { readonly kind: 'html' }
  | { readonly kind: 'truncate' };

interface Planned {
  readonly operation: CalledOperation | 'any';
  readonly fault: HubjectFault;
  left: number;
}

/** Trouble to come, in the order it was planned. */
export class HubjectFaults {
  private planned: Planned[] = [];

  plan(operation: CalledOperation | 'any', fault: HubjectFault, times: number): void {
    this.planned.push({ operation, fault, left: times });
  }

  clear(): void {
    this.planned = [];
  }

  /** What goes wrong with this request; it is used up. */
  next(operation: CalledOperation): HubjectFault | undefined {
    const planned = this.planned.find(
      (each) => each.left > 0 && (each.operation === 'any' || each.operation === operation),
    );
    if (!planned) return undefined;
    planned.left -= 1;
    return planned.fault;
  }
}

/** Faults that keep the broker from doing anything. */
export function answerInstead(fault: HubjectFault): HubjectAnswer | undefined {
  switch (fault.kind) {
    case 'status':
      return { status: fault.status, body: '' };
    case 'refuse':
      return acknowledged(fault.code);
    case 'reject':
      return invalid([{ field: fieldOf(fault), message: 'may not be empty' }]);
    case 'html':
      return forbidden;
    case 'reset':
    case 'hang':
      return { status: 0, body: '' };
    case 'delay':
    case 'lose answer':
    case 'truncate':
      return undefined;
  }
}

const fieldOf = ({ record, field }: { readonly record: number; readonly field: string }): string =>
  `operatorEvseData.evseDataRecord[${String(record)}].${field.charAt(0).toLowerCase()}${field.slice(1)}`;
