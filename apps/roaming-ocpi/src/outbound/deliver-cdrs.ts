import { Inject, Injectable } from '@nestjs/common';
import { PartnerCdrs } from '../projections/partner-cdrs';
import { type Deliver, deliveryOf, notOffered, objectGone, written } from './delivering';
import { type PartnerAnswer, PartnerUnavailable } from './partner-answer';

const NOT_FOUND = 404;

/**
 * Posts CDRs. After a lost answer the very same CDR is posted again, and a partner that has it says
 * so with 1000 and the same address (OCPI-CDR-06).
 */
@Injectable()
export class DeliverCdrs {
  constructor(@Inject(PartnerCdrs) private readonly cdrs: PartnerCdrs) {}

  readonly cdr: Deliver<'cdr'> = async ({ cdrId }, conversation) => {
    const cdr = await this.cdrs.find(cdrId);
    const { payer } = cdr?.authorization ?? {};
    const endpoint = conversation.endpoint('cdrs', 'RECEIVER');
    if (!cdr || payer?.kind !== 'ocpi') return objectGone('The CDR');
    if (endpoint === undefined) return notOffered('cdrs');
    const wire = written(() => conversation.version.cdr(cdr));
    if ('refusal' in wire) return wire.refusal;
    const answer = await conversation.call({
      method: 'POST',
      url: endpoint,
      body: wire.body,
      route: { from: cdr, to: payer },
    });
    // A CDR is posted to the endpoint itself: 404 says that it moved, and nothing of the CDR.
    if (answer.http.status === NOT_FOUND)
      throw new PartnerUnavailable('there is no cdrs endpoint at that address', 'HTTP 404');
    return deliveryOf(answer, addressIn(answer, endpoint));
  };
}

/** Where the partner keeps the CDR; 2.1.1 partners may say so relative to their endpoint (CDR-02). */
function addressIn({ http }: PartnerAnswer, endpoint: string): string | undefined {
  const location = http.headers['location'];
  if (location === undefined || !URL.canParse(location, endpoint)) return undefined;
  return new URL(location, endpoint).href;
}
