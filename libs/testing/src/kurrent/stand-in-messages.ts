import { Any } from 'google-protobuf/google/protobuf/any_pb';
import {
  StreamIdentifier,
  UUID,
  WrongExpectedVersion,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { Status } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb';
import {
  type AppendReq,
  type BatchAppendReq,
  ReadResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { type Kept, type Proposed } from './stand-in-log';

const TICKS_PER_MS = 10_000n;

export const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? '').toString('utf8');

export const identifierOf = (name: string): StreamIdentifier =>
  new StreamIdentifier().setStreamName(Buffer.from(name, 'utf8').toString('base64'));

const uuidText = (id: UUID | undefined): string => {
  const structured = id?.getStructured();
  if (!structured) return id?.getString() ?? '';
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
};

export const proposedOf = (
  message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage,
): Proposed => ({
  id: uuidText(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

export function eventMessage(kept: Kept): ReadResp {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(kept.id))
    .setStreamIdentifier(identifierOf(kept.stream))
    .setStreamRevision(String(kept.revision))
    .setCommitPosition(String(kept.position))
    .setPreparePosition(String(kept.position))
    .setData(kept.data)
    .setCustomMetadata(kept.metadata);
  const created = BigInt(kept.createdMs) * TICKS_PER_MS;
  recorded.getMetadataMap().set('type', kept.type);
  recorded.getMetadataMap().set('content-type', kept.contentType);
  recorded.getMetadataMap().set('created', created.toString());
  const event = new ReadResp.ReadEvent()
    .setEvent(recorded)
    .setCommitPosition(String(kept.position));
  return new ReadResp().setEvent(event);
}

export const checkpointMessage = (position: number): ReadResp =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position)),
  );

/** @param last the stream's last revision, -1 when there is none. */
export function wrongVersion(last: number): Status {
  const details = new WrongExpectedVersion();
  if (last < 0) details.setCurrentNoStream(new Empty());
  else details.setCurrentStreamRevision(String(last));
  const any = new Any();
  any.pack(details.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  return new Status().setMessage('wrong expected version').setDetails(any);
}
