import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@voltledger/kernel';
import { type ActionType, type Answer } from '@voltledger/oicp';
import { CLOCK, type Delivery, type Push } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { BrokerMirror, type Change, type RecordToPush } from '../projections/broker-mirror';
import { FullLoads } from '../projections/full-loads';
import { Broker } from './broker';
import { deliveryOf, notNow, problemsOf } from './delivery';

const BATCH = 200;
/** A load this much smaller than what the broker has needs somebody to look first. */
const SHRINKS_AT_MOST = 0.2;
const DATA_TRANSACTION_ERROR = '009';
/** Refusals of a record, not of the connection: one bad record is found by sending each alone. */
const ABOUT_A_RECORD = [DATA_TRANSACTION_ERROR, '018', '022'];

interface Sent {
  readonly push: Push;
  readonly signal: AbortSignal;
}

/**
 * Brings the broker's EVSE data in line with what is wanted, one request after the other. What was
 * acknowledged is written down at once, so whoever goes on after a crash sends only the rest.
 */
@Injectable()
export class EvseDataDelivery {
  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(BrokerMirror) private readonly mirror: BrokerMirror,
    @Inject(FullLoads) private readonly loads: FullLoads,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    const sent = { push, signal };
    const { due, confirmed } = await this.loads.of('evse-data');
    const refusal = due ? await this.loadAll(confirmed, sent) : undefined;
    if (refusal) return refusal;
    for (const change of ['delete', 'insert', 'update'] as const) {
      const refused = await this.bringAll(change, sent);
      if (refused) return refused;
    }
    return { outcome: 'delivered' };
  }

  private async loadAll(confirmed: boolean, sent: Sent): Promise<Delivery | undefined> {
    for (;;) {
      const records = await this.mirror.wantedRecords();
      const known = await this.mirror.pushedCount();
      // An empty load at the very start would say nothing; later it would delete everything.
      if (records.length === 0 && known === 0) return undefined;
      if (!confirmed && records.length < known * (1 - SHRINKS_AT_MOST))
        return tooSmall(records.length, known);
      const answer = await this.send('fullLoad', records, sent);
      if (answer.outcome === 'accepted') {
        await this.mirror.replaceAll(records);
        await this.loads.done('evse-data', this.clock());
        return undefined;
      }
      if (!(await this.dropNamed(answer, records))) return this.given(answer);
    }
  }

  private async bringAll(change: Change, sent: Sent): Promise<Delivery | undefined> {
    for (;;) {
      const records = await this.mirror.records(change, BATCH);
      if (records.length === 0) return undefined;
      const answer = await this.send(change, records, sent);
      if (answer.outcome === 'accepted') await this.taken(change, records);
      else if (await this.dropNamed(answer, records)) continue;
      else if (!isAboutRecords(answer)) return this.given(answer);
      // The first 009 may mean that another push is under way: that passes (OICP-EVSE-02).
      else if (isTransactionError(answer) && sent.push.attempt === 1) throw notNow(answer);
      else for (const record of records) await this.bringOne(change, record, sent);
    }
  }

  /** Alone, it is this record's fault; a 009 says that our picture was wrong (OICP-EVSE-07). */
  private async bringOne(change: Change, record: RecordToPush, sent: Sent): Promise<void> {
    const answer = await this.send(change, [record], sent);
    if (answer.outcome === 'accepted') return this.taken(change, [record]);
    if (!isTransactionError(answer) || change === 'delete') return this.refused(record, answer);
    const other = change === 'insert' ? 'update' : 'insert';
    const corrected = await this.send(other, [record], sent);
    if (corrected.outcome === 'accepted') await this.taken(other, [record]);
    else await this.refused(record, corrected);
  }

  private async taken(change: Change, records: readonly RecordToPush[]): Promise<void> {
    if (change === 'delete') await this.mirror.forget(records.map(({ evseKey }) => evseKey));
    else await this.mirror.acknowledge(records);
  }

  private async refused(record: RecordToPush, answer: Answer<object>): Promise<void> {
    const verdict = deliveryOf(answer, this.connection.oicp);
    const detail = verdict.outcome === 'refused' ? `${verdict.code} ${verdict.detail}` : '';
    await this.mirror.refuse(record, detail);
  }

  /** HTTP 400 names the records at fault: they are set aside, the others sent again (OICP-EVSE-09). */
  private async dropNamed(
    answer: Answer<object>,
    records: readonly RecordToPush[],
  ): Promise<boolean> {
    if (answer.outcome !== 'invalid') return false;
    const named = answer.problems.flatMap((each) => {
      const [, index] = /\/EvseDataRecord\/(\d+)\b/.exec(each.pointer) ?? [];
      const record = index === undefined ? undefined : records[Number(index)];
      return record ? [{ record, problem: problemsOf([each]) }] : [];
    });
    for (const { record, problem } of named) await this.mirror.refuse(record, problem);
    return named.length > 0;
  }

  private async send(
    action: ActionType,
    records: readonly RecordToPush[],
    { push, signal }: Sent,
  ): Promise<Answer<object>> {
    const body = this.connection.oicp.evseDataPushOf(
      action,
      records.map(({ record }) => record),
      this.connection.operator,
    );
    const { correlationId } = push;
    const options = { signal, correlationId };
    return this.broker.callInTurn(
      'pushEvseData',
      body,
      this.connection.oicp.acknowledgementIn,
      options,
    );
  }

  private given(answer: Answer<object>): Delivery {
    if (isTransactionError(answer)) throw notNow(answer);
    return deliveryOf(answer, this.connection.oicp);
  }
}

const isTransactionError = (answer: Answer<object>): boolean =>
  answer.outcome === 'refused' && answer.code === DATA_TRANSACTION_ERROR;
const isAboutRecords = (answer: Answer<object>): boolean =>
  answer.outcome === 'refused' && ABOUT_A_RECORD.includes(answer.code);

/** OICP-EVSE-08. */
const tooSmall = (wanted: number, known: number): Delivery => ({
  outcome: 'refused',
  code: 'FULL_LOAD_TOO_SMALL',
  detail:
    `Hubject has ${known} of our EVSEs, the full load has ${wanted}: the others would be deleted. ` +
    'Confirm the full load if that is meant.',
});
