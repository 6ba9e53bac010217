import { Inject, Injectable } from '@nestjs/common';
import { type OutboundCall } from '@voltledger/ocpp';
import { DATABASE, type Database } from '@voltledger/platform';
import { type CallEnd } from './calls-table';
import { ownsConnection } from './connections-table';
import { Credentials } from './credentials';
import { type LiveStation } from './live-stations';
import { setPasswordHash } from './stations-table';

const LOST = 1008;

/** Sends calls to stations this process holds, and checks both ways what goes over the wire. */
@Injectable()
export class StationCaller {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly credentials: Credentials,
  ) {}

  /** Never rejects for anything the station does. */
  async call(live: LiveStation, call: OutboundCall): Promise<CallEnd> {
    const refused = refusal(live, call);
    if (refused) return refused;
    const { stationId, link } = live;
    if (!(await ownsConnection(this.database, stationId, link.connectionId))) {
      link.close(LOST, 'connected to another gateway');
      return { kind: 'disconnected', sent: false };
    }
    for (const action of link.version.invitedBy(call)) live.invited.add(action);
    const outcome = await link.calls.call(call);
    if (outcome.kind !== 'answered') return outcome;
    const violation = link.version.schemas.checkResponse(call.action, outcome.payload);
    if (violation) return { kind: 'invalidAnswer', ...ruleOf(violation.details) };
    await this.keepPassword(live, call, outcome.payload);
    return outcome;
  }

  /** The next connection comes with the password the station has just taken (OCPP-J-SEC-11). */
  private async keepPassword(
    { stationId, link }: LiveStation,
    call: OutboundCall,
    answer: unknown,
  ): Promise<void> {
    const password = link.version.newPassword(call);
    if (password === undefined || !link.version.tookPassword(answer)) return;
    await setPasswordHash(this.database, stationId, await this.credentials.hash(password));
  }
}

/** What is not sent, for a defect of it or for what the station is (OCPP-J-RPC-07, BOOT-03, -04). */
function refusal({ link, record }: LiveStation, call: OutboundCall): CallEnd | undefined {
  const { schemas, version, remoteControl } = link.version;
  const registration = record.bootedAs ?? record.registration;
  const open =
    registration === 'accepted' || (registration === 'pending' && !remoteControl.has(call.action));
  if (!open) return { kind: 'notAccepted', registration };
  if (!schemas.actions.has(call.action)) return { kind: 'unknownAction', version };
  const violation = schemas.checkRequest(call.action, call.payload);
  return violation && { kind: 'invalidPayload', ...ruleOf(violation.details) };
}

const ruleOf = ({ path = '', rule = '' }: Readonly<Record<string, string>>) => ({ path, rule });
