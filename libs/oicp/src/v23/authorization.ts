import { type Connector, type Refusal } from '@voltledger/contracts';
import { z } from 'zod';
import { type DriverIdentification, identification, identificationOf } from './identification';
import {
  evseIdText,
  operatorIdText,
  partnerSessionIdText,
  productIdText,
  sessionIdText,
} from './scalars';
import { meaningOf } from './status-codes';

/** RFID goes as Mifare family whatever the card's technology (OICP-IDN-02). */
const authorizationIdentification = identification.refine(
  ({ RFIDIdentification }) => RFIDIdentification === undefined,
  'RFIDIdentification has no place in an authorization',
);

/** No SessionID: the broker makes it (OICP-SES-01, -02). */
export const authorizeStart = z.strictObject({
  CPOPartnerSessionID: partnerSessionIdText.optional(),
  OperatorID: operatorIdText,
  EvseID: evseIdText.optional(),
  Identification: authorizationIdentification,
  PartnerProductID: productIdText.optional(),
});

export const authorizeStop = z.strictObject({
  SessionID: sessionIdText,
  CPOPartnerSessionID: partnerSessionIdText.optional(),
  EMPPartnerSessionID: partnerSessionIdText.optional(),
  OperatorID: operatorIdText,
  EvseID: evseIdText.optional(),
  Identification: authorizationIdentification,
});

export type AuthorizeStart = z.output<typeof authorizeStart>;
export type AuthorizeStop = z.output<typeof authorizeStop>;

export interface AskedAuthorization {
  readonly operatorId: string;
  readonly driver: DriverIdentification;
  /** Ours, repeated in every later message of the session (OICP-SES-07). */
  readonly cpoPartnerSessionId: string;
  /** As registered; sent whenever it is known (OICP-AUT-02). */
  readonly evseId?: string | undefined;
  readonly powerType?: Connector['powerType'] | undefined;
}

/** @throws ZodError when the result breaks the 2.3 schema; that is our bug. */
export const authorizeStartOf = (asked: AskedAuthorization): AuthorizeStart =>
  authorizeStart.parse({
    CPOPartnerSessionID: asked.cpoPartnerSessionId,
    OperatorID: asked.operatorId,
    EvseID: asked.evseId?.toUpperCase(),
    Identification: identificationOf(asked.driver),
    PartnerProductID: asked.powerType && productOf(asked.powerType),
  });

export interface AskedStop extends AskedAuthorization {
  readonly oicpSessionId: string;
  readonly empPartnerSessionId?: string | undefined;
}

/** @throws ZodError when the result breaks the 2.3 schema; that is our bug. */
export const authorizeStopOf = (asked: AskedStop): AuthorizeStop =>
  authorizeStop.parse({
    SessionID: asked.oicpSessionId,
    CPOPartnerSessionID: asked.cpoPartnerSessionId,
    EMPPartnerSessionID: asked.empPartnerSessionId,
    OperatorID: asked.operatorId,
    EvseID: asked.evseId?.toUpperCase(),
    Identification: identificationOf(asked.driver),
  });

/** The products every partner knows without an agreement (OICP-AUT-07, OICP-CDR-23). */
export const productOf = (powerType: Connector['powerType']): 'AC1' | 'AC3' | 'DC' => {
  if (powerType === 'DC') return 'DC';
  return powerType === 'AC_3_PHASE' ? 'AC3' : 'AC1';
};

const LOCKED = '200';
const NO_CONTRACT = '210';

/**
 * What a refusal by the hub means at our station (OICP-AUT-05): the driver is unknown, or locked.
 * Anything else says nothing about the driver: the hub could not tell.
 */
export function refusalOf(code: string): Refusal {
  if (code === LOCKED) return 'BLOCKED';
  const isAboutDriver = code === NO_CONTRACT || meaningOf(code).class === 'authentication';
  return isAboutDriver ? 'UNKNOWN' : 'UNAVAILABLE';
}
