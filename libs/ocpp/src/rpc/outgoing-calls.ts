import { type OutboundCall } from '../version';
import { callText } from './answers';
import { type Answer } from './frame';

/** How a call of ours ended. `sent` false: the station never saw it. */
export type CallOutcome =
  | { readonly kind: 'answered'; readonly payload: unknown }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly description: string;
      readonly details: unknown;
    }
  | { readonly kind: 'timeout' }
  /** `sent`: it may or may not have taken effect, and is not repeated (OCPP-J-RPC-16). */
  | { readonly kind: 'disconnected'; readonly sent: boolean }
  | { readonly kind: 'queueFull' };

interface Waiting {
  readonly id: string;
  readonly call: OutboundCall;
  readonly settle: (outcome: CallOutcome) => void;
}

export interface OutgoingCallsOptions {
  readonly send: (text: string) => void;
  /** Never the same twice, for any station (OCPP-J-RPC-18). */
  readonly newId: () => string;
  /** Runs `work` once the time for an answer is over; returns how to call that off. */
  readonly afterTimeout: (work: () => void) => () => void;
  readonly queueMax: number;
}

/**
 * Our calls to one connection: one at a time, the others wait in order (OCPP-J-RPC-12). Knows
 * nothing of sockets and clocks.
 */
export class OutgoingCalls {
  private readonly queue: Waiting[] = [];
  private outstanding: Waiting | undefined;
  private callOffTimeout: (() => void) | undefined;
  private closed = false;

  constructor(private readonly options: OutgoingCallsOptions) {}

  /** Resolves when the station has answered, or will not any more. Never rejects. */
  call(call: OutboundCall): Promise<CallOutcome> {
    if (this.closed) return Promise.resolve({ kind: 'disconnected', sent: false });
    if (this.queue.length >= this.options.queueMax) return Promise.resolve({ kind: 'queueFull' });
    return new Promise((settle) => {
      this.queue.push({ id: this.options.newId(), call, settle });
      this.sendNext();
    });
  }

  /** @returns false when nothing of that id is outstanding: late, or never asked. */
  answered(answer: Answer): boolean {
    if (!this.outstanding || this.outstanding.id !== answer.id) return false;
    if (answer.kind === 'result') this.settle({ kind: 'answered', payload: answer.payload });
    else {
      const { code, description, details } = answer;
      this.settle({ kind: 'error', code, description, details });
    }
    return true;
  }

  /** The connection is gone. */
  close(): void {
    this.closed = true;
    const unsent = this.queue.splice(0);
    this.settle({ kind: 'disconnected', sent: true });
    for (const { settle } of unsent) settle({ kind: 'disconnected', sent: false });
  }

  /** What the outstanding call asked, for checking its answer. */
  get asked(): OutboundCall | undefined {
    return this.outstanding?.call;
  }

  private settle(outcome: CallOutcome): void {
    this.callOffTimeout?.();
    const settled = this.outstanding;
    this.outstanding = undefined;
    settled?.settle(outcome);
    this.sendNext();
  }

  private sendNext(): void {
    if (this.outstanding || this.closed) return;
    const next = this.queue.shift();
    if (!next) return;
    this.outstanding = next;
    this.callOffTimeout = this.options.afterTimeout(() => {
      this.settle({ kind: 'timeout' });
    });
    this.options.send(callText(next.id, next.call.action, next.call.payload));
  }
}
