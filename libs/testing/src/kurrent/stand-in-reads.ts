import { type ServerWritableStream } from '@grpc/grpc-js';
import {
  type ReadReq,
  ReadResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { type Kept, type StandInLog } from './stand-in-log';
import { checkpointMessage, eventMessage, identifierOf, nameOf } from './stand-in-messages';

type ReadCall = ServerWritableStream<ReadReq, ReadResp>;
type Options = ReadReq.Options;

/** A stream forwards, or everything as a subscription: what the adapter asks for. */
export function read(log: StandInLog, call: ReadCall): void {
  const options = call.request.getOptions();
  const stream = options?.getStream();
  if (options && stream) readStream(log, call, options);
  else if (options?.hasAll() && options.hasSubscription()) subscribe(log, call, options);
  else call.destroy(new Error('the stand-in does not know this kind of read'));
}

function readStream(log: StandInLog, call: ReadCall, options: Options): void {
  const name = nameOf(options.getStream()?.getStreamIdentifier());
  const from = Number(options.getStream()?.getRevision() ?? 0);
  const count = Math.min(Number(options.getCount()), Number.MAX_SAFE_INTEGER);
  const kept = log.read(name, from, count);
  if (kept) for (const each of kept) call.write(eventMessage(each));
  else {
    const missing = new ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(name));
    call.write(new ReadResp().setStreamNotFound(missing));
  }
  call.end();
}

function subscribe(log: StandInLog, call: ReadCall, options: Options): void {
  const concerns = filterOf(options);
  const behind = Number(options.getAll()?.getPosition()?.getCommitPosition() ?? -1);
  let next = log.all.findIndex(({ position }) => position > behind);
  if (next < 0) next = log.all.length;
  const confirmation = new ReadResp.SubscriptionConfirmation().setSubscriptionId('stand-in');
  call.write(new ReadResp().setConfirmation(confirmation));
  const pump = () => {
    let passedOver: Kept | undefined;
    for (; next < log.all.length; next += 1) {
      const each = log.all[next];
      if (!each) break;
      passedOver = concerns(each) ? undefined : each;
      if (!passedOver) call.write(eventMessage(each));
    }
    if (passedOver) call.write(checkpointMessage(passedOver.position));
  };
  log.written.on('written', pump);
  const end = () => {
    log.written.off('written', pump);
  };
  call.on('cancelled', end);
  call.on('close', end);
  call.on('error', end);
  pump();
}

function filterOf(options: Options): (kept: Kept) => boolean {
  const filter = options.getFilter();
  const byType = filter?.getEventType();
  const byStream = filter?.getStreamIdentifier();
  if (byType) {
    const pattern = new RegExp(byType.getRegex());
    return ({ type }) => pattern.test(type);
  }
  const prefixes = byStream?.getPrefixList() ?? [];
  return ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix));
}
