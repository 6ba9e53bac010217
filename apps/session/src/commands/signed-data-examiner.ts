import { Inject, Injectable } from '@nestjs/common';
import {
  type SignedContent,
  type SignedMeterData,
  type TransactionReport,
} from '@voltledger/contracts';
import { type Clock, type Transaction } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import {
  type Examined,
  type MeterKey,
  examine,
  keyInside,
  meterKey,
  recordHash,
  recordVerdict,
  unwrapped,
} from '@voltledger/signed-meter-data';
import { type ChargingSession } from '../domain/session-state';
import { type SignedVerdict } from '../domain/session-command';
import { examinedBefore } from '../domain/signed-records';
import { keepOffered, trustedKeys } from '../tables/meter-keys';
import { Streams } from './streams';

type Origin = Pick<TransactionReport, 'sessionId' | 'stationId' | 'place'>;

/** Holds signed records against the keys that somebody registered for their meter. */
@Injectable()
export class SignedDataExaminer {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly streams: Streams,
  ) {}

  /** Most reports carry no signed record and cost nothing here. */
  async ofReport(report: TransactionReport, tx: Transaction): Promise<SignedVerdict[]> {
    const records = report.readings.flatMap(({ signed }) => (signed ? [signed] : []));
    if (records.length === 0) return [];
    const session = await this.streams.sessionNow(report.sessionId);
    return this.verdicts(records, contentsOf(session), report, tx);
  }

  /** @param before what the records before these say, oldest first. */
  async verdicts(
    records: readonly SignedMeterData[],
    before: readonly SignedContent[],
    origin: Origin,
    tx: Transaction,
  ): Promise<SignedVerdict[]> {
    const known = [...before];
    const verdicts: SignedVerdict[] = [];
    for (const sent of records) {
      const signed = unwrapped(sent);
      const examined = await this.examined(signed, origin, tx);
      verdicts.push(verdictOf(signed, examined, known));
      if (examined.content) known.push(examined.content);
    }
    return verdicts;
  }

  /** A key that is only sent along proves nothing (domain.md 3, step 3): it is kept to confirm. */
  private async examined(
    { data, encodingMethod, publicKey }: SignedMeterData,
    origin: Origin,
    tx: Transaction,
  ): Promise<Examined> {
    const { meterIds } = examine(data, encodingMethod, () => []);
    const registered = await trustedKeys(tx, [...meterIds, ...placesOf(origin)]);
    const keys = registered.flatMap((each) => meterKey(each.publicKey) ?? []);
    const offered = meterKey(publicKey || keyInside(data));
    const [meterId] = meterIds;
    if (offered && meterId !== undefined && !keys.some(({ hash }) => hash === offered.hash))
      await this.keep(meterId, offered, origin, tx);
    return examine(data, encodingMethod, () => keys);
  }

  private keep(
    meterId: string,
    { hash: keyHash, spki, curve }: MeterKey,
    { stationId }: Origin,
    tx: Transaction,
  ): Promise<void> {
    return keepOffered(tx, meterId, {
      ...{ keyHash, publicKey: spki.toString('hex'), curve: curve.openssl },
      ...{ changedBy: `station ${stationId}`, changedAt: this.clock() },
    });
  }
}

const contentsOf = (session: ChargingSession): SignedContent[] =>
  examinedBefore(session).flatMap(({ content }) => content ?? []);

/** Where a record names no meter, the place it came from does. */
function placesOf({ stationId, place }: Origin): string[] {
  const evse = place?.evse;
  return [stationId, ...(evse ? [evse.evseUid] : []), ...(evse?.evseId ? [evse.evseId] : [])];
}

function verdictOf(
  { data }: SignedMeterData,
  examined: Examined,
  before: readonly SignedContent[],
): SignedVerdict {
  const { format, key, content } = examined;
  return {
    ...{ recordHash: recordHash(data), format },
    ...mutable(recordVerdict(examined, before)),
    ...(key && { keyHash: key.hash }),
    ...(content && { content }),
  };
}

const mutable = ({ codes, ...rest }: ReturnType<typeof recordVerdict>) => ({
  ...rest,
  codes: [...codes],
});
