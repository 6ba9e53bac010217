import { Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { type PastSession, costsAnew } from '../domain/repricing';
import { type Mark } from '../domain/session-history';
import { marksFrom } from '../domain/timeline';
import { type PastSessionRow } from '../tables/past-sessions';
import { marksOf } from '../tables/session-marks';
import { FrozenTerms } from './frozen-terms';

/** Sessions that are over, with all that rating them again takes. */
@Injectable()
export class PastSessionReader {
  constructor(private readonly terms: FrozenTerms) {}

  async read(row: PastSessionRow, tx: Transaction): Promise<PastSession> {
    const { sessionId, opening, ended } = row;
    const { startedAt, adHoc, place } = opening;
    const marks = row.timeline
      ? marksFrom(startedAt, row.timeline)
      : await marksOf<Mark>(tx, sessionId, ended.revision);
    const known = { sessionId, startedAt, adHoc, timeZone: place.timeZone, marks, end: ended };
    if (row.rated) return { ...known, costs: row.rated.costs };
    if (row.tariffHash === undefined) return known;
    // It ended before costs were kept beside the session.
    const terms = await this.terms.of(tx, row.tariffHash, place.timeZone);
    return { ...known, costs: costsAnew(terms, known) };
  }
}
