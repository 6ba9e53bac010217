import { Inject, Injectable } from '@nestjs/common';
import { type Wire } from '@voltledger/ocpi';
import { OcpiSurroundings } from './ocpi-surroundings';
import { type ModuleCall } from './ocpi-request';

/** Writes objects for lists: one that cannot be told must not take its page down with it. */
@Injectable()
export class Writing {
  constructor(@Inject(OcpiSurroundings) private readonly surroundings: OcpiSurroundings) {}

  attempt({ request, peer, version }: ModuleCall, write: () => Wire): Wire | undefined {
    try {
      return write();
    } catch (error) {
      const { partnerId } = peer.partner;
      this.surroundings.reports.report(error, {
        work: 'ocpi list',
        correlationId: request.correlationId,
        facts: { partnerId, version: version.version, path: request.url.pathname },
      });
      return undefined;
    }
  }
}
