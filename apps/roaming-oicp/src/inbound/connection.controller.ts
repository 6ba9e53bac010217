import { Body, Get, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Operation, OperatorApi, parsedBy } from '@voltledger/platform';
import { z } from 'zod';
import { Certificates } from '../certificates';
import { RequestFullLoad } from '../commands/request-full-load';
import { CONNECTION, type Connection } from '../config';
import { ConnectionState } from '../projections/connection-state';
import { OicpListener } from './oicp-listener';

const sequence = z.enum(['evse-data', 'evse-status']);
const time = z.string().describe('RFC 3339, UTC');

const connection = z.object({
  version: z.string(),
  operatorId: z.string(),
  baseUrl: z.string(),
  /** Where Hubject may call us; absent: nowhere, so no remote start. */
  inbound: z.object({ mode: z.string(), port: z.int().optional() }),
  clientCertificateExpiresAt: time.optional(),
  evses: z.object({
    wanted: z.int(),
    acknowledged: z.int(),
    unmappable: z.int(),
    refused: z.int(),
  }),
  fullLoads: z.array(
    z.object({ sequence, loadedAt: time.nullable(), due: z.boolean(), confirmed: z.boolean() }),
  ),
  /** The newest exchange of each operation. */
  newest: z.array(
    z.object({
      operation: z.string(),
      at: time,
      code: z.string(),
      succeeded: z.boolean(),
      processId: z.string().nullable(),
    }),
  ),
});

const fullLoad = z.object({
  sequence,
  /** Set it when the load may be much smaller than what Hubject has, even empty. */
  confirmed: z.boolean().default(false),
});

@OperatorApi('oicp/connection')
export class ConnectionController {
  constructor(
    @Inject(CONNECTION) private readonly connection: Connection,
    @Inject(OicpListener) private readonly listener: OicpListener,
    @Inject(Certificates) private readonly certificates: Certificates,
    @Inject(ConnectionState) private readonly state: ConnectionState,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @Get()
  @Operation({
    summary: 'Shows how the connection to Hubject does',
    roles: ['viewer'],
    response: connection,
  })
  async show(): Promise<z.output<typeof connection>> {
    const {
      OICP_BASE_URL = '',
      OICP_OPERATOR_ID,
      OICP_INBOUND,
      OICP_VERSION,
    } = this.connection.config;
    const expiresAt = await this.certificates.expiresAt();
    const { port } = this.listener;
    return {
      version: OICP_VERSION,
      operatorId: OICP_OPERATOR_ID,
      baseUrl: OICP_BASE_URL,
      inbound: { mode: OICP_INBOUND, ...(port !== undefined && { port }) },
      ...(expiresAt !== undefined && { clientCertificateExpiresAt: expiresAt }),
      ...(await this.state.show()),
    };
  }

  @Post('full-loads')
  @Operation({
    summary: "Replaces Hubject's picture of our EVSEs, or of their statuses, as a whole",
    roles: ['operator'],
    body: fullLoad,
    status: 202,
  })
  async load(@Body(parsedBy(fullLoad)) body: z.output<typeof fullLoad>): Promise<void> {
    await this.commands.execute(new RequestFullLoad(body.sequence, body.confirmed));
  }
}
