import { Body, Delete, Get, Param, Post } from '@nestjs/common';
import { instantSchema } from '@voltledger/contracts';
import { z } from 'zod';
import { type ApiKey, ApiKeys, type NewApiKey } from './api-keys';
import { Operation } from './operation';
import { OperatorApi } from './operator-api';
import { pageOf, type Page } from './page-of';
import { parsedBy } from './parsed-by';
import { ROLES } from './role';

const role = z.enum(ROLES);
const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(role),
  createdAt: instantSchema,
  revokedAt: instantSchema.optional(),
});
const newKey = z.strictObject({
  /** Whose key it is, or what for. */
  name: z.string().trim().min(1).max(100),
  roles: z.array(role).min(1).max(ROLES.length),
});
const keyId = z.string().regex(/^[0-9a-f]{16}$/, 'must be the 16 hexadecimal digits of a key id');

@OperatorApi('keys')
export class KeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Get()
  @Operation({
    summary: 'Lists the keys, without their secrets',
    roles: [],
    response: pageOf(apiKey),
  })
  async list(): Promise<Page<ApiKey>> {
    return { items: await this.keys.list() };
  }

  @Post()
  @Operation({
    summary: 'Makes a key; its text is shown this once',
    roles: [],
    body: newKey,
    response: apiKey.extend({ key: z.string() }),
    status: 201,
    answerIsSecret: true,
  })
  create(@Body(parsedBy(newKey)) { name, roles }: z.output<typeof newKey>): Promise<NewApiKey> {
    return this.keys.create(name, roles);
  }

  @Delete(':id')
  @Operation({
    summary: 'Revokes a key, at once and for good',
    roles: [],
    params: z.object({ id: keyId }),
    response: apiKey,
    refusals: ['LAST_ADMIN_KEY'],
  })
  revoke(@Param('id', parsedBy(keyId)) id: string): Promise<ApiKey> {
    return this.keys.revoke(id);
  }
}
