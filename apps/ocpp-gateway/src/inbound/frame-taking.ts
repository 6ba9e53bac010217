import { type Instant } from '@voltledger/kernel';
import {
  type Answer,
  type Call,
  type OcppVersion,
  type OutgoingCalls,
  RpcFault,
  errorText,
  readFrame,
  unreadableText,
} from '@voltledger/ocpp';
import { type LiveStation } from '../commands/connect-station';
import { type CallAnswering } from './call-answering';
import { contentOf } from './recorded-answers';

/** Makes the answer to a frame, when its turn comes. */
export type FrameWork = (live: LiveStation) => Promise<string>;

/** Reads the frames of one connection, and decides what becomes of each. */
export class FrameTaking {
  /** Content by id of calls that are not answered yet. */
  private readonly inWork = new Map<string, string>();

  constructor(
    private readonly version: OcppVersion,
    private readonly calls: OutgoingCalls,
    private readonly answering: CallAnswering,
    private readonly dropped: (reason: string) => void,
  ) {}

  /**
   * Answers to our own calls take effect at once: a command must not wait for what the station
   * asked before (OCPP-J-RPC-14).
   *
   * @returns undefined when there is nothing to answer.
   */
  take(text: string, arrivedAt: Instant): FrameWork | undefined {
    const frame = readFrame(text);
    switch (frame.kind) {
      case 'call':
        return this.callWork(frame, text, arrivedAt);
      case 'result':
      case 'error':
        this.answered(frame);
        return undefined;
      case 'unreadable':
        this.dropped('unreadable');
        return () => Promise.resolve(unreadableText(this.version.dialect, frame.id, frame.problem));
      case 'ignored':
        this.dropped('ignored');
        return undefined;
    }
  }

  private callWork(call: Call, text: string, arrivedAt: Instant): FrameWork {
    const { id } = call;
    const content = contentOf(text);
    const before = this.inWork.get(id);
    if (before !== undefined && before !== content) return () => Promise.resolve(this.idInUse(id));
    this.inWork.set(id, content);
    return async (live) => {
      try {
        return await this.answering.answer(live, this.version, { call, content, arrivedAt });
      } finally {
        this.inWork.delete(id);
      }
    };
  }

  /** OCPP-J-RPC-20: the first call of that id still gets its answer. */
  private idInUse(id: string): string {
    const fault = new RpcFault('framework', 'another call with this id is still in work');
    return errorText(this.version.dialect, id, fault);
  }

  private answered(answer: Answer): void {
    if (!this.calls.answered(answer)) this.dropped('answer to nothing');
  }
}
