import {
  type ServerDuplexStream,
  type ServerReadableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import {
  type AppendReq,
  AppendResp,
  type BatchAppendReq,
  BatchAppendResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { type ExpectedState, type Proposed, type StandInLog } from './stand-in-log';
import { identifierOf, nameOf, proposedOf, wrongVersion } from './stand-in-messages';

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** Whether an answer is to be sent: it may get lost on its way. */
export type Answering = () => boolean;

interface Draft {
  readonly stream: string;
  readonly expected: ExpectedState;
  readonly events: Proposed[];
}

/** Many appends over one call, told apart by their correlation. */
export function batchAppend(log: StandInLog, call: BatchCall, answers: Answering): void {
  const drafts = new Map<string, Draft>();
  call.on('data', (request: BatchAppendReq) => {
    const correlation = request.getCorrelationId()?.serializeBinary() ?? new Uint8Array();
    const key = Buffer.from(correlation).toString('hex');
    const draft = drafts.get(key) ?? draftOf(request);
    drafts.set(key, draft);
    draft.events.push(...request.getProposedMessagesList().map(proposedOf));
    if (!request.getIsFinal()) return;
    drafts.delete(key);
    const answer = batchAnswer(log, draft).setCorrelationId(request.getCorrelationId());
    if (answers()) call.write(answer);
  });
  call.on('end', () => {
    call.end();
  });
  call.on('error', () => undefined);
}

function draftOf(request: BatchAppendReq): Draft {
  const options = request.getOptions();
  if (!options) throw new Error('an append begins with its options');
  const expected = expectedState(options, () => options.getStreamPosition());
  return { stream: nameOf(options.getStreamIdentifier()), expected, events: [] };
}

function batchAnswer(log: StandInLog, { stream, expected, events }: Draft): BatchAppendResp {
  const answer = new BatchAppendResp().setStreamIdentifier(identifierOf(stream));
  const last = log.append(stream, expected, events);
  if (!last) return answer.setError(wrongVersion(log.lastRevisionOf(stream)));
  const success = new BatchAppendResp.Success().setCurrentRevision(String(last.revision));
  return answer.setSuccess(success);
}

/** One append over one call. */
export function append(
  log: StandInLog,
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
): void {
  let options: AppendReq.Options | undefined;
  const events: Proposed[] = [];
  call.on('data', (request: AppendReq) => {
    options = request.getOptions() ?? options;
    const message = request.getProposedMessage();
    if (message) events.push(proposedOf(message));
  });
  call.on('end', () => {
    const { asked } = { asked: options };
    if (!asked) throw new Error('an append begins with its options');
    const expected = expectedState(asked, () => asked.getRevision());
    const stream = nameOf(asked.getStreamIdentifier());
    answer(null, singleAnswer(log, { stream, expected, events }));
  });
}

function singleAnswer(log: StandInLog, { stream, expected, events }: Draft): AppendResp {
  const last = log.append(stream, expected, events);
  if (last)
    return new AppendResp().setSuccess(
      new AppendResp.Success().setCurrentRevision(String(last.revision)),
    );
  const wrong = new AppendResp.WrongExpectedVersion();
  const at = log.lastRevisionOf(stream);
  if (at >= 0) wrong.setCurrentRevision(String(at));
  return new AppendResp().setWrongExpectedVersion(wrong);
}

interface StateOptions {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

function expectedState(options: StateOptions, revision: () => string): ExpectedState {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no stream';
  if (options.hasStreamExists()) return 'stream exists';
  return Number(revision());
}
