import { Injectable } from '@nestjs/common';
import { type Tariff } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { contentHash } from '@voltledger/platform';
import { LRUCache } from 'lru-cache';
import { type RatingTerms, compiledTariff } from '../domain/compiled-tariff';
import { frozenTariff, keepFrozenTariff } from '../tables/session-prices';

const TERMS_KEPT_MAX = 1_000;

/** The tariffs sessions started under, ready to rate by: each is read and compiled once. */
@Injectable()
export class FrozenTerms {
  private readonly kept = new LRUCache<string, RatingTerms>({ max: TERMS_KEPT_MAX });

  /** @returns the content hash under which the tariff stays what it is. */
  async freeze(tx: Transaction, tariff: Tariff): Promise<string> {
    const hash = contentHash(tariff);
    await keepFrozenTariff(tx, hash, tariff);
    return hash;
  }

  async of(tx: Transaction, hash: string, timeZone: string): Promise<RatingTerms> {
    const key = `${hash} ${timeZone}`;
    const known = this.kept.get(key);
    if (known) return known;
    const tariff = await frozenTariff(tx, hash);
    if (!tariff) throw new Error(`no tariff is kept under ${hash}`);
    return this.compiled(tariff, hash, timeZone);
  }

  /** Of a tariff that no session started under, too. */
  compiled(tariff: Tariff, hash: string, timeZone: string): RatingTerms {
    const key = `${hash} ${timeZone}`;
    const known = this.kept.get(key);
    if (known) return known;
    const terms = {
      tariffs: [compiledTariff(tariff, hash, timeZone)],
      reservation: 'USED',
    } as const satisfies RatingTerms;
    this.kept.set(key, terms);
    return terms;
  }
}
