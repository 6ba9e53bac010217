import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Rating, type Tariff } from '@voltledger/contracts';
import { epochMillis } from '@voltledger/kernel';
import { contentHash } from '@voltledger/platform';
import { type RatingTerms, compiledTariff } from '../domain/compiled-tariff';
import { tariffInvalid } from '../domain/errors';
import { withSegment } from '../domain/rate-segment';
import { ratingOf } from '../domain/rating';
import { nothingRated } from '../domain/rating-state';
import { type Segment } from '../domain/segment';
import { refusalsOf } from '../domain/tariff-refusals';
import { type TariffWarning, warningsOf } from '../domain/tariff-warnings';

export interface Preview {
  readonly rating: Rating;
  readonly warnings: readonly TariffWarning[];
}

/** What a session would cost: by the same function as every session that is charged. */
export class PreviewRating extends Query<Preview> {
  constructor(
    readonly tariff: Tariff,
    readonly timeZone: string,
    /** Each begins where the one before ends. */
    readonly timeline: readonly [Segment, ...Segment[]],
    readonly reservation: RatingTerms['reservation'],
  ) {
    super();
  }
}

@QueryHandler(PreviewRating)
export class PreviewRatingHandler implements IQueryHandler<PreviewRating> {
  /** @throws DomainError TARIFF_INVALID */
  execute({ tariff, timeZone, timeline, reservation }: PreviewRating): Promise<Preview> {
    const refusals = refusalsOf(tariff);
    if (refusals.length > 0) throw tariffInvalid(tariff.tariffId, refusals);
    const compiled = compiledTariff(tariff, contentHash(tariff), timeZone);
    const terms: RatingTerms = { tariffs: [compiled], reservation };
    const state = timeline.reduce(
      (before, segment) => withSegment(terms, before, segment),
      nothingRated(epochMillis(timeline[0].start)),
    );
    return Promise.resolve({ rating: ratingOf(terms, state), warnings: warningsOf(tariff) });
  }
}
