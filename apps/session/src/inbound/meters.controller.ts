import { Body, Get, Inject, Param, Put } from '@nestjs/common';
import { hashSchema, instantSchema } from '@voltledger/contracts';
import { type Clock, DomainError } from '@voltledger/kernel';
import {
  CLOCK,
  type Caller,
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  RequestCaller,
  parsedBy,
} from '@voltledger/platform';
import { KEY_TEXT_MAX, curveNamed, meterKey } from '@voltledger/signed-meter-data';
import { z } from 'zod';
import { KEYS_MAX, keysOf, trustKeys } from '../tables/meter-keys';

const params = z.object({
  meterId: z
    .string()
    .min(1)
    .max(100)
    .describe('Serial number of meter or gateway as its records say, EVSE-ID, or station.'),
});
const keysBody = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        publicKey: z
          .string()
          .min(1)
          .max(KEY_TEXT_MAX)
          .describe('SubjectPublicKeyInfo (hex, base64, PEM), a point, or bare x and y.'),
        curve: z
          .string()
          .max(40)
          .optional()
          .describe('Such as `secp192k1`; needed where the key does not say and several fit.'),
        note: z.string().max(200).optional(),
      }),
    )
    .max(KEYS_MAX),
});
const keysAnswer = z.object({
  meterId: z.string(),
  keys: z.array(
    z.object({
      keyHash: hashSchema,
      publicKey: z.string(),
      curve: z.string(),
      status: z.enum(['trusted', 'offered', 'withdrawn']),
      note: z.string().optional(),
      changedBy: z.string(),
      changedAt: instantSchema,
    }),
  ),
});
type KeyBody = z.output<typeof keysBody>['keys'][number];

/** Public keys of meters: what signed records are held against (domain.md 3). */
@OperatorApi('meters')
export class MetersController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':meterId/keys')
  @Operation({
    summary: 'Lists the public keys of a meter: trusted, only offered by a station, or withdrawn',
    roles: ['viewer'],
    params,
    response: keysAnswer,
  })
  async list(
    @Param(parsedBy(params)) { meterId }: z.output<typeof params>,
  ): Promise<z.input<typeof keysAnswer>> {
    return { meterId, keys: await keysOf(this.database, meterId) };
  }

  @Put(':meterId/keys')
  @Operation({
    summary: 'Says which public keys of a meter are trusted',
    description:
      'These and no others; an offered key is confirmed by naming it here. What was decided before stays: have its sessions examined anew.',
    roles: ['admin'],
    params,
    body: keysBody,
    response: keysAnswer,
    refusals: ['METER_KEY_UNREADABLE'],
  })
  async put(
    @Param(parsedBy(params)) { meterId }: z.output<typeof params>,
    @Body(parsedBy(keysBody)) { keys }: z.output<typeof keysBody>,
    @RequestCaller() { name: changedBy }: Caller,
  ): Promise<z.input<typeof keysAnswer>> {
    const change = { changedBy, changedAt: this.clock() };
    const read = keys.map((key, index) => ({ ...registered(key, index), ...change }));
    await this.database.transaction((tx) => trustKeys(tx, meterId, read, change));
    return this.list({ meterId });
  }
}

function registered({ publicKey, curve: name, note }: KeyBody, index: number) {
  const curve = name === undefined ? undefined : curveNamed(name);
  const key = name !== undefined && !curve ? undefined : meterKey(publicKey, curve);
  if (!key)
    throw new DomainError('METER_KEY_UNREADABLE', 'This is no public key of a curve we verify.', {
      field: `keys.${index}.${name !== undefined && !curve ? 'curve' : 'publicKey'}`,
    });
  const { hash: keyHash, spki } = key;
  return {
    ...{ keyHash, publicKey: spki.toString('hex'), curve: key.curve.openssl },
    ...(note !== undefined && { note }),
  };
}
