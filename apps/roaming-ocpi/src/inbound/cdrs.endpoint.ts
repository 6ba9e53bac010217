import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { PartnerCdrs } from '../projections/partner-cdrs';
import { askedPage, listAnswer } from './list-answer';
import { type OcpiAnswer } from './ocpi-answer';
import { type OcpiEndpoint, type OcpiRoute } from './ocpi-endpoint';
import { type ModuleCall } from './ocpi-request';
import { Writing } from './writing';

/** The CDRs a partner pays, and nobody else's (OCPI-CDR-01, OCPI-CDR-07). */
@Injectable()
export class CdrsEndpoint implements OcpiEndpoint {
  readonly module = 'cdrs';
  readonly role = 'SENDER';
  readonly routes: readonly OcpiRoute<ModuleCall>[] = [
    { method: 'GET', path: [], answer: (call) => this.list(call) },
  ];

  constructor(
    @Inject(PartnerCdrs) private readonly cdrs: PartnerCdrs,
    @Inject(Writing) private readonly writing: Writing,
    @Inject(CONFIG) private readonly config: Pick<Config, 'OCPI_PAGE_SIZE_MAX'>,
  ) {}

  private async list(call: ModuleCall): Promise<OcpiAnswer> {
    const asked = askedPage(call, this.config.OCPI_PAGE_SIZE_MAX);
    const listed = await this.cdrs.list(call.peer.partner.partnerId, asked.filter);
    return listAnswer(call, asked, listed, (cdr) =>
      this.writing.attempt(call, () => call.version.cdr(cdr)),
    );
  }
}
