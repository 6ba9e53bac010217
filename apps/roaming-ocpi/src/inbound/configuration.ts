import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Endpoint, type OcpiVersion, ocpiVersions } from '@voltledger/ocpi';
import { newUuid } from '@voltledger/platform';
import { AgreeCredentials } from '../commands/agree-credentials';
import { ChangePartner } from '../commands/change-partner';
import { OwnPlatform } from '../own-platform';
import { type OcpiAnswer, methodNotAllowed, ok } from './ocpi-answer';
import { ENDPOINTS, type OcpiEndpoint, type OcpiRoute } from './ocpi-endpoint';
import { type OcpiCall, reading } from './ocpi-request';

/** Versions, version details and credentials: what a partner may reach before it is registered. */
@Injectable()
export class Configuration {
  constructor(
    @Inject(OwnPlatform) private readonly own: OwnPlatform,
    @Inject(ENDPOINTS) private readonly endpoints: readonly OcpiEndpoint[],
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  /** Routes below `/ocpi`, or below one of its versions. */
  routes(version: OcpiVersion | undefined): readonly OcpiRoute[] {
    if (!version) return [{ method: 'GET', path: ['versions'], answer: () => this.versions() }];
    const path = ['credentials'];
    return [
      { method: 'GET', path: [], answer: () => this.details(version) },
      { method: 'GET', path, answer: (call) => this.credentials(call, version) },
      { method: 'POST', path, answer: (call) => this.agree('Register', call, version) },
      { method: 'PUT', path, answer: (call) => this.agree('Renew', call, version) },
      { method: 'DELETE', path, answer: (call) => this.unregister(call) },
    ];
  }

  private versions(): Promise<OcpiAnswer> {
    const list = [...ocpiVersions.keys()].map((version) => ({
      version,
      url: this.own.detailsUrl(version),
    }));
    return Promise.resolve(ok(list));
  }

  private details(version: OcpiVersion): Promise<OcpiAnswer> {
    const credentials: Endpoint = {
      module: 'credentials',
      role: 'SENDER',
      url: this.own.credentialsUrl(version.version),
    };
    const modules = this.endpoints.map(({ module, role }) => ({
      ...{ module, role },
      url: this.own.moduleUrl(version.version, module),
    }));
    return Promise.resolve(ok(version.writeDetails([credentials, ...modules])));
  }

  /** Ours for this partner: with the token it has just shown, which we could not tell (CRE-11). */
  private credentials({ peer }: OcpiCall, version: OcpiVersion): Promise<OcpiAnswer> {
    return Promise.resolve(ok(version.writeCredentials(this.own.credentials(peer.token))));
  }

  private async agree(type: 'Register' | 'Renew', call: OcpiCall, version: OcpiVersion) {
    const { peer, request, cause } = call;
    const { partnerId, tokenCoding, credentialsId: shown } = peer.partner;
    if (shown === undefined) throw new Error(`partner ${partnerId} has no credentials in force`);
    const theirs = reading(() => version.readCredentials(request.body));
    const offer = { partnerId, shown, version, theirs, tokenCoding };
    // An exchange that comes again is a new one: the tokens of the last are not told twice.
    const anew = { ...cause, causationId: newUuid() };
    const own = await this.commands.execute(new AgreeCredentials(type, offer, anew));
    return ok(version.writeCredentials(own));
  }

  private async unregister({ peer, cause }: OcpiCall): Promise<OcpiAnswer> {
    if (peer.partner.status !== 'registered') throw methodNotAllowed(['GET', 'POST']);
    const { partnerId } = peer.partner;
    await this.commands.execute(
      new ChangePartner(partnerId, { type: 'Unregister', by: 'partner' }, cause),
    );
    return ok();
  }
}
