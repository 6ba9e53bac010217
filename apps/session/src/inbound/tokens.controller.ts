import { Body, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import {
  type IssuedToken,
  type TokenRef,
  issuedTokenSchema,
  tokenRefSchema,
} from '@voltledger/contracts';
import { type Clock, DomainError } from '@voltledger/kernel';
import {
  CLOCK,
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  type Page,
  page,
  pageOf,
  pageQuery,
  parsed,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { OWN, issuedBy, keepToken, listTokens, ownToken } from '../tables/tokens';

const { uid, type } = tokenRefSchema.shape;
const params = z.object({ type, uid });
/** A whole token, as `GET` shows it; what the path says may be left out, and our clock dates it. */
const tokenBody = issuedTokenSchema
  .omit({ partner: true, updatedAt: true })
  .partial({ uid: true, type: true })
  .extend({ updatedAt: z.unknown().optional() })
  .strict();
const listQuery = pageQuery.extend({
  own: z.enum(['true', 'false']).optional().describe('`true`: only our own customers’ tokens.'),
});
const cursor = z.tuple([z.string(), z.string(), z.string()]);

/** Tokens of our own customers; those of partners are theirs to change, and only shown. */
@OperatorApi('tokens')
export class TokensController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists tokens: our own, and those partners told us of',
    roles: ['viewer'],
    query: listQuery,
    response: pageOf(issuedTokenSchema),
  })
  async list(
    @Query(parsedBy(listQuery)) { limit, after, own }: z.output<typeof listQuery>,
  ): Promise<Page<IssuedToken>> {
    const last = after === undefined ? undefined : parsed(cursor, after.split(' '), 'after');
    const filter = {
      ...(last && {
        after: { issuedBy: last[0], type: last[1], uid: decodeURIComponent(last[2]) },
      }),
      ...(own === 'true' && { issuedBy: OWN }),
    };
    const rows = await listTokens(this.database, filter, limit + 1);
    return page(rows, limit, cursorOf, (token) => token);
  }

  @Get(':type/:uid')
  @Operation({
    summary: 'Shows a token of one of our own customers',
    roles: ['viewer'],
    params,
    response: issuedTokenSchema,
    refusals: ['TOKEN_UNKNOWN'],
  })
  show(@Param(parsedBy(params)) ref: TokenRef): Promise<IssuedToken> {
    return this.known(ref);
  }

  @Put(':type/:uid')
  @Operation({
    summary: 'Adds a token of one of our own customers, or changes it',
    roles: ['operator'],
    params,
    body: tokenBody,
    response: issuedTokenSchema,
  })
  put(
    @Param(parsedBy(params)) ref: TokenRef,
    @Body(parsedBy(tokenBody)) { updatedAt: _ours, ...body }: z.output<typeof tokenBody>,
  ): Promise<IssuedToken> {
    return this.keep({ ...body, ...ref });
  }

  @Post(':type/:uid/block')
  @Operation({
    summary: 'Blocks a token: it may not start another session',
    roles: ['operator'],
    params,
    response: issuedTokenSchema,
    refusals: ['TOKEN_UNKNOWN'],
  })
  async block(@Param(parsedBy(params)) ref: TokenRef): Promise<IssuedToken> {
    return this.keep({ ...(await this.known(ref)), valid: false });
  }

  @Post(':type/:uid/unblock')
  @Operation({
    summary: 'Lets a blocked token charge again',
    roles: ['operator'],
    params,
    response: issuedTokenSchema,
    refusals: ['TOKEN_UNKNOWN'],
  })
  async unblock(@Param(parsedBy(params)) ref: TokenRef): Promise<IssuedToken> {
    return this.keep({ ...(await this.known(ref)), valid: true });
  }

  private async keep(token: Omit<IssuedToken, 'updatedAt'>): Promise<IssuedToken> {
    const kept = { ...token, updatedAt: this.clock() };
    await keepToken(this.database, kept);
    return kept;
  }

  private async known(ref: TokenRef): Promise<IssuedToken> {
    const token = await ownToken(this.database, ref);
    if (!token) throw new DomainError('TOKEN_UNKNOWN', 'There is no such token.', { ...ref });
    return token;
  }
}

const cursorOf = (token: IssuedToken): string =>
  `${issuedBy(token)} ${token.type} ${encodeURIComponent(token.uid)}`;
