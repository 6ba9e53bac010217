import { setTimeout as pause } from 'node:timers/promises';

/** What goes wrong at the partner. Each holds for so many requests; then all is well again. */
export type PartnerFault =
  /** Answers with this HTTP status and does nothing. */
  | { readonly kind: 'fails'; readonly status: number }
  /** Does what was asked, then drops the connection: the answer is lost. */
  | { readonly kind: 'loses answer' }
  /** Understands, and refuses with this OCPI status code. */
  | { readonly kind: 'refuses'; readonly statusCode: number; readonly message?: string }
  /** Takes its time. */
  | { readonly kind: 'is slow'; readonly millis: number };

interface Planned {
  readonly fault: PartnerFault;
  readonly module: string | undefined;
  left: number;
}

/** Faults that a test has planned. */
export class PartnerFaults {
  private planned: Planned[] = [];

  /** @param module only requests of this module, such as `cdrs`; all when left out */
  plan(fault: PartnerFault, { times = 1, module }: { times?: number; module?: string } = {}): void {
    this.planned.push({ fault, module, left: times });
  }

  clear(): void {
    this.planned = [];
  }

  next(module: string): PartnerFault | undefined {
    const found = this.planned.find(
      (each) => each.left > 0 && (each.module === undefined || each.module === module),
    );
    if (!found) return undefined;
    found.left -= 1;
    return found.fault;
  }
}

export const delayOf = (fault: PartnerFault | undefined): Promise<unknown> =>
  fault?.kind === 'is slow' ? pause(fault.millis) : Promise.resolve();
