import { Inject, Injectable } from '@nestjs/common';
import {
  type Aggregates,
  type Cause,
  type SessionId,
  currently,
  decideOn,
} from '@voltledger/kernel';
import { AGGREGATES } from '@voltledger/platform';
import { type AuthorizationCommand, authorization } from '../domain/authorization';
import { chargingSession } from '../domain/charging-session';
import { type RemoteStartCommand, remoteStart } from '../domain/remote-start';
import { type SessionCommand } from '../domain/session-command';

/** The service's three kinds of streams. */
@Injectable()
export class Streams {
  constructor(@Inject(AGGREGATES) private readonly aggregates: Aggregates) {}

  readonly session = (command: SessionCommand, cause: Cause) =>
    decideOn(this.aggregates, chargingSession, command.sessionId, command, cause);

  readonly authorization = (requestId: string, command: AuthorizationCommand, cause: Cause) =>
    decideOn(this.aggregates, authorization, requestId, command, cause);

  readonly start = (command: RemoteStartCommand, cause: Cause) =>
    decideOn(this.aggregates, remoteStart, command.startId, command, cause);

  async sessionNow(sessionId: SessionId) {
    return (await currently(this.aggregates, chargingSession, sessionId)).state;
  }

  async authorizationNow(requestId: string) {
    return (await currently(this.aggregates, authorization, requestId)).state;
  }

  async startNow(startId: string) {
    return (await currently(this.aggregates, remoteStart, startId)).state;
  }
}
