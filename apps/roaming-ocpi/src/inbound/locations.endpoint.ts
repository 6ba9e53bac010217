import { Inject, Injectable } from '@nestjs/common';
import { type RoamingLocation, STATUS, sameCiString } from '@voltledger/ocpi';
import { CONFIG, type Config } from '../config';
import { PartnerLocations } from '../projections/partner-locations';
import { askedPage, listAnswer } from './list-answer';
import { type OcpiAnswer, notFound, ok } from './ocpi-answer';
import { type OcpiEndpoint, type OcpiRoute } from './ocpi-endpoint';
import { type ModuleCall, pathValue } from './ocpi-request';
import { Writing } from './writing';

const unknownLocation = () => notFound('There is no such location here.', STATUS.unknownLocation);

/** Locations as a CPO offers them: the list, and single objects (OCPI-LOC-01, OCPI-LOC-02). */
@Injectable()
export class LocationsEndpoint implements OcpiEndpoint {
  readonly module = 'locations';
  readonly role = 'SENDER';
  readonly routes: readonly OcpiRoute<ModuleCall>[] = [
    { method: 'GET', path: [], answer: (call) => this.list(call) },
    { method: 'GET', path: [':location'], answer: (call) => this.location(call) },
    { method: 'GET', path: [':location', ':evse'], answer: (call) => this.evse(call) },
    {
      method: 'GET',
      path: [':location', ':evse', ':connector'],
      answer: (call) => this.connector(call),
    },
  ];

  constructor(
    @Inject(PartnerLocations) private readonly locations: PartnerLocations,
    @Inject(Writing) private readonly writing: Writing,
    @Inject(CONFIG) private readonly config: Pick<Config, 'OCPI_PAGE_SIZE_MAX'>,
  ) {}

  private async list(call: ModuleCall): Promise<OcpiAnswer> {
    const asked = askedPage(call, this.config.OCPI_PAGE_SIZE_MAX);
    const listed = await this.locations.list(asked.filter);
    return listAnswer(call, asked, listed, (location) =>
      this.writing.attempt(call, () => call.version.location(location)),
    );
  }

  private async location(call: ModuleCall): Promise<OcpiAnswer> {
    return ok(call.version.location(await this.named(call)));
  }

  private async evse(call: ModuleCall): Promise<OcpiAnswer> {
    const wire = call.version.evse(await this.namedEvse(call));
    if (!wire) throw unknownLocation();
    return ok(wire);
  }

  private async connector(call: ModuleCall): Promise<OcpiAnswer> {
    const { connectors } = await this.namedEvse(call);
    const named = connectors.find((each) => sameCiString(each.connectorId, pathValue(call, 2)));
    const wire = named && call.version.connector(named);
    if (!wire) throw unknownLocation();
    return ok(wire);
  }

  private async named(call: ModuleCall): Promise<RoamingLocation> {
    const location = await this.locations.find(pathValue(call, 0));
    if (!location) throw unknownLocation();
    return location;
  }

  private async namedEvse(call: ModuleCall) {
    const { evses } = await this.named(call);
    const evse = evses.find((each) => sameCiString(each.evseUid, pathValue(call, 1)));
    if (!evse) throw unknownLocation();
    return evse;
  }
}
