import { Inject, Injectable } from '@nestjs/common';
import { STATUS } from '@voltledger/ocpi';
import { CONFIG, type Config } from '../config';
import { PartnerSessions } from '../projections/partner-sessions';
import { askedPage, listAnswer } from './list-answer';
import { type OcpiAnswer, invalid, notFound } from './ocpi-answer';
import { type OcpiEndpoint, type OcpiRoute } from './ocpi-endpoint';
import { type ModuleCall } from './ocpi-request';
import { Writing } from './writing';

/** A partner's own sessions, and nobody else's (OCPI-SES-24). */
@Injectable()
export class SessionsEndpoint implements OcpiEndpoint {
  readonly module = 'sessions';
  readonly role = 'SENDER';
  readonly routes: readonly OcpiRoute<ModuleCall>[] = [
    { method: 'GET', path: [], answer: (call) => this.list(call) },
    { method: 'PUT', path: [':session', 'charging_preferences'], answer: noPreferences },
  ];

  constructor(
    @Inject(PartnerSessions) private readonly sessions: PartnerSessions,
    @Inject(Writing) private readonly writing: Writing,
    @Inject(CONFIG) private readonly config: Pick<Config, 'OCPI_PAGE_SIZE_MAX'>,
  ) {}

  private async list(call: ModuleCall): Promise<OcpiAnswer> {
    const asked = askedPage(call, this.config.OCPI_PAGE_SIZE_MAX);
    if (asked.query.date_from === undefined) throw invalid('date_from: is required (OCPI-SES-01)');
    const listed = await this.sessions.list(call.peer.partner.partnerId, asked.filter);
    return listAnswer(call, asked, listed, (session) =>
      this.writing.attempt(call, () => call.version.session(session)),
    );
  }
}

/** None of our EVSEs takes preferences, and none says so (OCPI-SES-03). */
const noPreferences = (): Promise<OcpiAnswer> =>
  Promise.reject(notFound('This EVSE takes no charging preferences.', STATUS.invalidParameters));
