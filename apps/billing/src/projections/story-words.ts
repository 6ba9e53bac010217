import {
  type Authorization,
  type ChargingPlace,
  type Payer,
  type Price,
  type Reading,
} from '@voltledger/contracts';
import { type MilliWattHours, type Money, amountText, kilowattHoursText } from '@voltledger/kernel';

const TOKEN_SHOWN = 4;

/** The end of a token, where that does not give it away. */
export const tokenEnd = (uid: string): string =>
  uid.length >= 2 * TOKEN_SHOWN ? `…${uid.slice(-TOKEN_SHOWN)}` : '…';

export const kWh = (amount: MilliWattHours): string => `${kilowattHoursText(amount)} kWh`;

export const moneyText = (money: Money): string => `${amountText(money)} ${money.currency}`;

/** Exact to the millionth: what is rounded says so. */
export const priceText = ({ beforeTaxes, afterTaxes }: Price): string =>
  afterTaxes
    ? `${moneyText(beforeTaxes)} before and ${moneyText(afterTaxes)} after taxes`
    : `${moneyText(beforeTaxes)}, taxes unknown`;

export const placeText = ({ place, evse, connector }: ChargingPlace): string =>
  `${evse.evseId}${connector ? `, connector ${connector.connectorId}` : ''}, ${place.name}, ${place.timeZone}`;

export const authorizationText = ({ method, token, payer }: Authorization): string =>
  `${token.type} ${tokenEnd(token.uid)} of ${token.issuer} by ${method}, paid by ${payerText(payer)}`;

export function payerText(payer: Payer): string {
  switch (payer.kind) {
    case 'own':
      return 'our own customer';
    case 'ocpi':
      return `OCPI partner ${payer.partnerId}`;
    case 'oicp':
      return `provider ${payer.providerId} at Hubject`;
  }
}

export const readingText = ({ register, power, context }: Reading): string =>
  `register ${kWh(register)}${power === undefined ? '' : `, ${power} W`} (${context})`;

export const shortHash = (hash: string): string => hash.slice(0, 12);
