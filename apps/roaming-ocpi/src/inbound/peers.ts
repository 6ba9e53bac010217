import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ocpiVersions, tokensIn } from '@voltledger/ocpi';
import { type Partner } from '../projections/partner';
import { Partners } from '../projections/partners';
import { unauthorized } from './ocpi-answer';
import { type Peer } from './ocpi-request';

const hashOf = (token: string) => createHash('sha256').update(token, 'utf8').digest('hex');

/** Recognises who calls, by the token alone (OCPI-TRN-07, OCPI-TRN-09). */
@Injectable()
export class Peers {
  constructor(@Inject(Partners) private readonly partners: Partners) {}

  /** @throws OcpiRefusal 401: no token, one nobody has, or that of a suspended partner */
  async recognise(authorization: string | undefined): Promise<Peer> {
    const shown = tokensIn(authorization);
    if (shown.length === 0) throw unauthorized();
    const byHash = new Map(shown.map((each) => [hashOf(each.token), each]));
    for (const { partner, inboundHash } of await this.partners.recognised([...byHash.keys()])) {
      const found = byHash.get(inboundHash);
      if (!found || partner.status === 'suspended') continue;
      if (found.coding === 'base64' || sendsRaw(partner)) return { partner, token: found.token };
    }
    throw unauthorized();
  }
}

/** A raw token counts only for partners that send it so: their version does, or their software. */
const sendsRaw = ({ tokenCoding, version }: Partner): boolean =>
  (tokenCoding ?? ocpiVersions.get(version ?? '')?.tokenCoding) === 'raw';
