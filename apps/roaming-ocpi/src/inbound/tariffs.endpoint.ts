import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { PartnerTariffs } from '../projections/partner-tariffs';
import { askedPage, listAnswer } from './list-answer';
import { type OcpiAnswer } from './ocpi-answer';
import { type OcpiEndpoint, type OcpiRoute } from './ocpi-endpoint';
import { type ModuleCall } from './ocpi-request';
import { Writing } from './writing';

/** Tariffs as a CPO offers them: only the list (OCPI-TAR-01). */
@Injectable()
export class TariffsEndpoint implements OcpiEndpoint {
  readonly module = 'tariffs';
  readonly role = 'SENDER';
  readonly routes: readonly OcpiRoute<ModuleCall>[] = [
    { method: 'GET', path: [], answer: (call) => this.list(call) },
  ];

  constructor(
    @Inject(PartnerTariffs) private readonly tariffs: PartnerTariffs,
    @Inject(Writing) private readonly writing: Writing,
    @Inject(CONFIG) private readonly config: Pick<Config, 'OCPI_PAGE_SIZE_MAX'>,
  ) {}

  private async list(call: ModuleCall): Promise<OcpiAnswer> {
    const asked = askedPage(call, this.config.OCPI_PAGE_SIZE_MAX);
    const listed = await this.tariffs.list(asked.filter);
    return listAnswer(call, asked, listed, (tariff) =>
      this.writing.attempt(call, () => call.version.tariff(tariff)),
    );
  }
}
