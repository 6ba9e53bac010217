import { Inject, Injectable } from '@nestjs/common';
import { type Rating, type SessionEvent, type Tariff } from '@voltledger/contracts';
import { type Clock, type Transaction, plusMillis } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { type RatingTerms } from '../domain/compiled-tariff';
import { RATING_RULES, ratingOf, totalOf } from '../domain/rating';
import {
  type Mark,
  closed,
  endsInOrder,
  followed,
  ratedToEnd,
  rebuilt,
} from '../domain/session-history';
import { type SessionPrice, meterMark, ratedSoFar } from '../domain/session-price';
import { tariffAt } from '../domain/tariff-book';
import { type AboutSession } from '../outbound/session-messages';
import { marksFrom, timelineOf } from '../domain/timeline';
import { dropMarks, keepMark, marksOf } from '../tables/session-marks';
import { type EndOfSession, type SessionPriceRow } from '../tables/session-prices';
import { versionsOf } from '../tables/tariffs';
import { FrozenTerms } from './frozen-terms';
import { type Opened, openingOf, placed } from './session-opening';

export type PricedRow = SessionPriceRow<SessionPrice>;

/** A session as it stands now, and what the others are told of it. */
export interface Step {
  readonly row: PricedRow;
  readonly told: readonly AboutSession[];
}

type Data<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>['data'];

const SECOND = 1_000;
const quiet = (row: PricedRow): Step => ({ row, told: [] });

/** What each event of a session means for its price. */
@Injectable()
export class SessionPricer {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly terms: FrozenTerms,
  ) {}

  started(opened: Opened, data: Data<'SessionStarted'>, tx: Transaction): Promise<Step> {
    return this.select({ ...opened, opening: openingOf(data), withoutTariff: false }, tx);
  }

  /** The place of a session that has its tariff stays what it was at the start. */
  async placed(row: PricedRow, data: Data<'SessionPlaced'>, tx: Transaction): Promise<Step> {
    if (row.tariffHash !== undefined) return quiet(row);
    return this.select({ ...row, opening: placed(row.opening, data.place) }, tx);
  }

  /** What the session froze is what counts, also when we would choose otherwise by now. */
  async attached(row: PricedRow, data: Data<'TariffAttached'>, tx: Transaction): Promise<Step> {
    if (row.tariffHash === data.contentHash) return quiet(row);
    return this.frozen(row, data.tariff, tx);
  }

  async read(row: PricedRow, data: Data<'MeterValueRecorded'>, tx: Transaction): Promise<Step> {
    return this.marked(row, { type: 'meter', ...meterMark(data, data.delivered) }, tx);
  }

  async changed(
    row: PricedRow,
    data: Data<'ChargingStateChanged'>,
    tx: Transaction,
  ): Promise<Step> {
    return this.marked(row, { type: 'state', at: data.at, state: data.state }, tx);
  }

  /** The end, or a better one: rated for good, until a better one comes. */
  async ended(row: PricedRow, end: EndOfSession, tx: Transaction): Promise<Step> {
    const { priceDueAt: _dueAt, price, ...rest } = row;
    const { startedAt } = row.opening;
    const marks = await this.marksOf(row, tx);
    await dropMarks(tx, row.sessionId);
    const over = { ...rest, ended: end, timeline: timelineOf(startedAt, marks) };
    const terms = await this.termsOf(over, tx);
    if (!terms) return this.unrated(over, end);
    const inOrder = !row.ended && price && endsInOrder(price, end);
    const state = inOrder ? closed(terms, price, end) : ratedToEnd(terms, startedAt, marks, end);
    const rating = ratingOf(terms, state);
    const rated = { costs: rating.costs, throughRevision: end.revision };
    return { row: { ...over, rated }, told: [this.rated(over, end, rating)] };
  }

  /** The newest figure, told now. */
  async figure(row: PricedRow, tx: Transaction): Promise<Step> {
    const terms = await this.termsOf(row, tx);
    if (!terms || !row.price || row.ended) return quiet(row);
    return this.priced(row, row.price, terms);
  }

  private async marked(row: PricedRow, mark: Mark, tx: Transaction): Promise<Step> {
    await keepMark(tx, row.sessionId, row.revision, mark);
    const terms = await this.termsOf(row, tx);
    if (!terms || !row.price || row.ended) return quiet(row);
    const price =
      followed(terms, row.price, mark) ??
      rebuilt(terms, row.opening.startedAt, await this.marksOf(row, tx));
    const told = row.pricedAt;
    const due = told && plusMillis(told, this.config.TARIFF_PRICE_SECONDS * SECOND);
    if (due !== undefined && this.clock() < due) return quiet({ ...row, price, priceDueAt: due });
    return this.priced(row, price, terms);
  }

  private async select(row: PricedRow, tx: Transaction): Promise<Step> {
    const { startedAt, place, adHoc } = row.opening;
    if (!place?.tariffIds) return quiet(row);
    const versions = await versionsOf(tx, place.tariffIds);
    const tariff = tariffAt(place.tariffIds, versions, startedAt, { adHoc });
    if (!tariff) return this.withoutTariff(row);
    const { row: next, told } = await this.frozen(row, tariff, tx);
    const contentHash = next.tariffHash ?? '';
    const data = { sessionId: row.sessionId, tariff, contentHash };
    return { row: next, told: [{ type: 'TariffSelected', data }, ...told] };
  }

  private async frozen(row: PricedRow, tariff: Tariff, tx: Transaction): Promise<Step> {
    const next = { ...row, tariffHash: await this.terms.freeze(tx, tariff) };
    const terms = await this.termsOf(next, tx);
    if (!terms) return quiet(next);
    const marks = await this.marksOf(row, tx);
    const price = rebuilt(terms, row.opening.startedAt, marks);
    const priced = { ...next, price };
    return row.ended ? this.ended(priced, row.ended, tx) : this.priced(priced, price, terms);
  }

  private withoutTariff(row: PricedRow): Step {
    if (row.withoutTariff) return quiet(row);
    const data = { sessionId: row.sessionId, at: this.clock() };
    return { row: { ...row, withoutTariff: true }, told: [{ type: 'NoTariffFound', data }] };
  }

  private unrated(row: PricedRow, end: EndOfSession): Step {
    const { row: next, told } = this.withoutTariff(row);
    return { row: next, told: [...told, this.rated(next, end)] };
  }

  private rated({ sessionId }: PricedRow, end: EndOfSession, rating?: Rating): AboutSession {
    const data = { sessionId, throughRevision: end.revision, at: this.clock() };
    return { type: 'SessionRated', data: { ...data, ...(rating && { rating }) } };
  }

  private priced(row: PricedRow, price: SessionPrice, terms: RatingTerms): Step {
    const { priceDueAt: _dueAt, ...rest } = row;
    const data = {
      sessionId: row.sessionId,
      total: totalOf(terms, ratedSoFar(terms, price)),
      energy: price.last.delivered,
      rules: RATING_RULES,
      at: price.until,
    };
    const told = [{ type: 'SessionPriced', data } as const];
    return { row: { ...rest, price, pricedAt: this.clock() }, told };
  }

  /** All that was ever told, that of before an end and what came after it. */
  private async marksOf(
    { sessionId, opening: { startedAt }, timeline = [] }: PricedRow,
    tx: Transaction,
  ): Promise<Mark[]> {
    return [...marksFrom(startedAt, timeline), ...(await marksOf<Mark>(tx, sessionId))];
  }

  private async termsOf(
    { tariffHash, opening: { place } }: PricedRow,
    tx: Transaction,
  ): Promise<RatingTerms | undefined> {
    if (tariffHash === undefined || !place) return undefined;
    return this.terms.of(tx, tariffHash, place.timeZone);
  }
}
