import { Inject, Injectable } from '@nestjs/common';
import { DeliverCdrs } from './deliver-cdrs';
import { DeliverCommandResults } from './deliver-command-results';
import { DeliverLocations } from './deliver-locations';
import { DeliverSessions } from './deliver-sessions';
import { DeliverTariffs } from './deliver-tariffs';
import { type Deliver, type PushKind } from './delivering';

/** Every kind of push and how it is told. A kind without an entry does not compile. */
@Injectable()
export class PartnerDeliveries {
  readonly all: { readonly [Kind in PushKind]: Deliver<Kind> };

  constructor(
    @Inject(DeliverLocations) locations: DeliverLocations,
    @Inject(DeliverTariffs) tariffs: DeliverTariffs,
    @Inject(DeliverSessions) sessions: DeliverSessions,
    @Inject(DeliverCdrs) cdrs: DeliverCdrs,
    @Inject(DeliverCommandResults) commandResults: DeliverCommandResults,
  ) {
    this.all = {
      location: locations.location,
      'evse-status': locations.evseStatus,
      tariff: tariffs.tariff,
      session: sessions.session,
      'session-totals': sessions.totals,
      cdr: cdrs.cdr,
      'command-result': commandResults.result,
    };
  }
}
