import { randomBytes } from 'node:crypto';
import { eventually } from './eventually';
import { freePorts } from './free-ports';
import { HubjectStandIn } from './hubject-stand-in';
import { OcpiPartner, type PartnerInvitation } from './ocpi-partner';
import { type OperatorClient } from './operator-client';
import {
  SAMPLE_PARTY,
  sampleLocation,
  sampleStationId,
  sampleTariff,
  sampleToken,
} from './sample-network';

const OPERATOR_ID = `${SAMPLE_PARTY.countryCode}*${SAMPLE_PARTY.partyId}`;
export const SAMPLE_PARTNER = 'nl-tnm';
export const SAMPLE_PROVIDER = 'DE-DCB';
/** One password for every simulated station: it opens nothing but this sample network. */
const STATION_PASSWORD_BYTES = 12;

const uidOf = (prefix: string, number: number): string =>
  `${prefix}${String(number).padStart(8 - prefix.length, '0')}`;

/** Cards of an OCPI partner's drivers, of Hubject's, and of our own customers. */
export const partnerUid = (number: number): string => uidOf('0C', number);
export const hubjectUid = (number: number): string => uidOf('0A', number);
export const ownUid = (number: number): string => uidOf('0D', number);

/** Those the sample network roams with: an OCPI partner, and Hubject with one provider. */
export class SampleRoaming {
  readonly stationPassword = randomBytes(STATION_PASSWORD_BYTES).toString('hex');

  private constructor(
    readonly partner: OcpiPartner,
    readonly hubject: HubjectStandIn,
    readonly ports: { readonly http: number; readonly ocpp: number; readonly oicp: number },
  ) {}

  static async start(): Promise<SampleRoaming> {
    const [http = 0, ocpp = 0, oicp = 0] = await freePorts(3);
    const partner = await OcpiPartner.start();
    const hubject = await HubjectStandIn.start({
      operators: [{ operatorId: OPERATOR_ID, url: `http://127.0.0.1:${oicp}` }],
      progressEveryMs: 1_000,
    });
    return new SampleRoaming(partner, hubject, { http, ocpp, oicp });
  }

  /** Settings of a network that roams with these. */
  get settings(): Record<string, string> {
    const { http, ocpp, oicp } = this.ports;
    return {
      HTTP_PORT: String(http),
      OCPP_PORT: String(ocpp),
      OCPI_PUBLIC_URL: `http://127.0.0.1:${http}`,
      OCPI_SESSION_PUSH_SECONDS: '1',
      OICP_BASE_URL: this.hubject.url,
      OICP_OPERATOR_ID: OPERATOR_ID,
      OICP_HOTLINE: '+4940123456',
      OICP_INBOUND: 'plain-loopback',
      OICP_INBOUND_PORT: String(oicp),
      OICP_PROGRESS_EVERY_SECONDS: '2',
      TARIFF_PRICE_SECONDS: '1',
      ALLOW_PRIVATE_PARTNERS: 'true',
    };
  }

  get ocppUrl(): string {
    return `ws://127.0.0.1:${this.ports.ocpp}/ocpp`;
  }

  /** Puts tariff, location, stations and tokens into the network, and connects both partners. */
  async introduce(operator: OperatorClient, stations: number): Promise<void> {
    const tariff = sampleTariff();
    await operator.put(`tariffs/${tariff.tariffId}`, tariff);
    const { locationId, evses, updatedAt: _updatedAt, ...location } = sampleLocation(stations);
    await operator.put(`locations/${locationId}`, {
      ...location,
      evses: evses.map(({ status: _status, updatedAt: _at, ...evse }) => evse),
    });
    for (let number = 1; number <= stations; number += 1)
      await operator.put(`stations/${sampleStationId(number)}`, {
        password: this.stationPassword,
      });
    await this.introducePartner(operator);
    await this.introduceCards(operator, stations);
    await eventually(() => {
      const known = this.hubject.broker.evsesOf(OPERATOR_ID).records.size;
      if (known < stations) throw new Error(`Hubject knows ${known} of ${stations} EVSEs`);
    }, 30_000);
  }

  async close(): Promise<void> {
    await Promise.all([this.partner.down(), this.hubject.close()]);
  }

  private async introducePartner(operator: OperatorClient): Promise<void> {
    await operator.post('ocpi/partners', { partnerId: SAMPLE_PARTNER, name: 'Test Mobility' });
    const path = `ocpi/partners/${SAMPLE_PARTNER}/invitation`;
    await this.partner.registerAt(await operator.post<PartnerInvitation>(path, undefined));
  }

  private async introduceCards(operator: OperatorClient, count: number): Promise<void> {
    const provider = this.hubject.provider(SAMPLE_PROVIDER);
    for (let number = 1; number <= count; number += 1) {
      await this.partner.pushToken(partnerUid(number), { whitelist: 'ALWAYS' });
      provider.cards.add(hubjectUid(number));
      const { uid, type, ...token } = sampleToken(ownUid(number));
      await operator.put(`tokens/${type}/${uid}`, token);
    }
  }
}
