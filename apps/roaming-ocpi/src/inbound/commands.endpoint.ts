import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { STATUS } from '@voltledger/ocpi';
import { type CommandReceipt, RequestStart } from '../commands/request-start';
import { RequestStop } from '../commands/request-stop';
import { isHostOf } from '../projections/partner';
import { PartnerLocations } from '../projections/partner-locations';
import { PartnerSessions } from '../projections/partner-sessions';
import { type OcpiAnswer, invalid, ok } from './ocpi-answer';
import { type OcpiEndpoint, type OcpiRoute } from './ocpi-endpoint';
import { type ModuleCall, reading } from './ocpi-request';
import { isOneOf } from './routing';

const NOT_SUPPORTED = ['RESERVE_NOW', 'CANCEL_RESERVATION', 'UNLOCK_CONNECTOR'];

/** Commands as a CPO receives them (OCPI-CMD-01 to 05). The outcome follows at `response_url`. */
@Injectable()
export class CommandsEndpoint implements OcpiEndpoint {
  readonly module = 'commands';
  readonly role = 'RECEIVER';
  readonly routes: readonly OcpiRoute<ModuleCall>[] = [
    { method: 'POST', path: ['START_SESSION'], answer: (call) => this.start(call) },
    { method: 'POST', path: ['STOP_SESSION'], answer: (call) => this.stop(call) },
    ...NOT_SUPPORTED.map((command) => ({
      method: 'POST' as const,
      path: [command],
      answer: notSupported,
    })),
  ];

  constructor(
    @Inject(PartnerLocations) private readonly locations: PartnerLocations,
    @Inject(PartnerSessions) private readonly sessions: PartnerSessions,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  private async start(call: ModuleCall): Promise<OcpiAnswer> {
    const { version, request, cause } = call;
    const { partnerId, roles } = call.peer.partner;
    const start = reading(() => version.readRemoteStart(request.body));
    checkResponseUrl(call, start.responseUrl);
    // A partner starts sessions only for drivers of its own (OCPI-CMD-15).
    if (!isOneOf(roles, start.token.owner)) throw invalid('token: belongs to none of your parties');
    const location = await this.locations.find(start.locationId);
    const command = new RequestStart(partnerId, start, location, cause);
    return receiptAnswer(call, await this.commands.execute(command));
  }

  private async stop(call: ModuleCall): Promise<OcpiAnswer> {
    const { version, request, cause } = call;
    const { partnerId } = call.peer.partner;
    const stop = reading(() => version.readRemoteStop(request.body));
    checkResponseUrl(call, stop.responseUrl);
    const session = await this.sessions.find(stop.sessionId, partnerId);
    const command = new RequestStop(partnerId, stop.responseUrl, session, cause);
    return receiptAnswer(call, await this.commands.execute(command));
  }
}

/** We call no address that is not the partner's own (OCPI-CMD-24). */
function checkResponseUrl({ peer }: ModuleCall, responseUrl: string): void {
  if (!isHostOf(peer.partner, responseUrl))
    throw invalid('response_url: is on none of the hosts you registered with');
}

const receiptAnswer = (
  { version }: ModuleCall,
  { answer, unknownLocation }: CommandReceipt,
): OcpiAnswer => ({
  ...ok(version.commandAnswer(answer)),
  ...(unknownLocation && { status: STATUS.unknownLocation }),
});

const notSupported = ({ version }: ModuleCall): Promise<OcpiAnswer> =>
  Promise.resolve(ok(version.commandAnswer({ result: 'NOT_SUPPORTED', timeout: 0 })));
