import { Inject, Injectable } from '@nestjs/common';
import {
  type Party,
  type PartyRole,
  type PlatformCredentials,
  objectUrl,
  sameCiString,
} from '@voltledger/ocpi';
import { CONFIG, type Config } from './config';

/** Our side of every module is that of a CPO; an eMSP's would live beside it. */
export const CPO_PATH = 'cpo';

/** Who we are to partners, and where they find us. */
@Injectable()
export class OwnPlatform {
  private readonly root: string;
  private readonly parties: readonly Party[];
  private readonly name: string;

  constructor(
    @Inject(CONFIG)
    config: Pick<Config, 'OCPI_PUBLIC_URL' | 'OCPI_PARTIES' | 'OCPI_PARTY_NAME'>,
  ) {
    this.root = config.OCPI_PUBLIC_URL;
    this.parties = config.OCPI_PARTIES;
    this.name = config.OCPI_PARTY_NAME;
  }

  get versionsUrl(): string {
    return objectUrl(this.root, 'ocpi', 'versions');
  }

  detailsUrl(version: string): string {
    return objectUrl(this.root, 'ocpi', version);
  }

  credentialsUrl(version: string): string {
    return objectUrl(this.root, 'ocpi', version, 'credentials');
  }

  moduleUrl(version: string, module: string): string {
    return objectUrl(this.root, 'ocpi', version, CPO_PATH, module);
  }

  /** The address of a request as partners write it, from its path and query. */
  publicUrl(path: string): URL {
    const base = new URL(this.root);
    return new URL(base.pathname.replace(/\/+$/, '') + path, base);
  }

  /** Signs what belongs to no party of its own, such as a command's result. */
  get mainParty(): Party {
    const [first] = this.parties;
    if (!first) throw new Error('OCPI_PARTIES names no party');
    return first;
  }

  isOurs({ countryCode, partyId }: Party): boolean {
    return this.parties.some(
      (each) => sameCiString(each.countryCode, countryCode) && sameCiString(each.partyId, partyId),
    );
  }

  credentials(token: string): PlatformCredentials {
    const roles = this.parties.map((party): PartyRole => ({
      ...party,
      role: 'CPO',
      name: this.name,
    }));
    return { token, versionsUrl: this.versionsUrl, roles };
  }
}
