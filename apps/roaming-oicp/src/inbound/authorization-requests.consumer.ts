import { Inject } from '@nestjs/common';
import {
  type Authorization,
  type SessionEvent,
  type SessionEventEnvelope,
  sessionEvents,
} from '@voltledger/contracts';
import { DomainError, type Transaction } from '@voltledger/kernel';
import { type DriverIdentification } from '@voltledger/oicp';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { Authorizations } from '../projections/authorizations';
import { RemoteStarts } from '../projections/remote-starts';
import { RoamingMessages } from '../projections/roaming-messages';

type Asked = Extract<SessionEvent, { type: 'RoamingAuthorizationRequested' }>['data'];

/**
 * Tokens that nobody knows: Hubject is asked (OICP-AUT-01). The question becomes a row; a worker asks
 * it, so that no message waits for somebody else's server.
 */
@Consumer()
export class AuthorizationRequestsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'roaming-oicp.authorization-requests',
    on(sessionEvents, (message, tx) => this.receive(message, tx)),
  );

  constructor(
    @Inject(Authorizations) private readonly authorizations: Authorizations,
    @Inject(RemoteStarts) private readonly starts: RemoteStarts,
    @Inject(RoamingMessages) private readonly messages: RoamingMessages,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  private async receive(
    { event, correlationId }: SessionEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    if (event.type !== 'RoamingAuthorizationRequested' || event.data.payer) return;
    const asked = { ...event.data, correlationId };
    const promised = await this.promised(asked, tx);
    if (promised) return this.messages.answer(asked, promised, tx);
    const driver = this.driverIn(asked);
    if (!driver) return this.messages.answer(asked, 'UNKNOWN', tx);
    await this.authorizations.insert({ ...asked, driver }, tx);
  }

  /** A station may ask about the token of a remote start that Hubject itself requested. */
  private async promised(
    { presented }: Asked,
    tx: Transaction,
  ): Promise<Authorization | undefined> {
    const start = await this.starts.byIdTag(presented.uid, tx);
    return start && (start.answer ?? 'accepted') === 'accepted' ? start.authorization : undefined;
  }

  private driverIn({ presented }: Asked): DriverIdentification | undefined {
    try {
      return this.connection.oicp.presentedToken(presented);
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}
