import { Inject, Param, Post } from '@nestjs/common';
import { Operation, OperatorApi, parsedBy } from '@voltledger/platform';
import { z } from 'zod';
import { GROUPS, type Projection, Rebuilds } from '../projections/rebuilds';

const name = z.enum(Object.keys(GROUPS) as [Projection, ...Projection[]]);

/** What partners see, built anew from the first event. */
@OperatorApi('ocpi/projections')
export class RebuildsController {
  constructor(@Inject(Rebuilds) private readonly rebuilds: Rebuilds) {}

  @Post(':name/rebuild')
  @Operation({
    summary: 'Builds anew what partners see of this kind; nothing is sent meanwhile',
    description: 'Partners go on seeing what they saw until each object is done.',
    roles: ['admin'],
    params: z.object({ name }),
    response: z.object({ rebuilding: name }),
    status: 202,
  })
  async begin(@Param('name', parsedBy(name)) projection: Projection) {
    await this.rebuilds.begin(projection);
    return { rebuilding: projection };
  }
}
