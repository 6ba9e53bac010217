import { z } from 'zod';
import { type Wire } from '../shared/ocpi-version';
import { ciString, list, optional, url } from '../shared/primitives';
import {
  type CommandAnswer,
  type CommandOutcome,
  type RemoteStart,
  type RemoteStop,
} from '../shared/roaming-objects';
import { displayText, inEnglish } from './display-text';
import { foreignToken } from './token';

const startSession = z
  .object({
    response_url: url,
    token: foreignToken,
    location_id: ciString(36),
    evse_uid: optional(ciString(36)),
    connector_id: optional(ciString(36)),
    authorization_reference: optional(ciString(36)),
  })
  .refine(({ connector_id, evse_uid }) => !connector_id || evse_uid, {
    path: ['evse_uid'],
    message: 'is required beside connector_id',
  });

/** @throws ZodError naming field and rule. */
export function readRemoteStart(body: unknown): RemoteStart {
  const from = startSession.parse(body);
  return {
    responseUrl: from.response_url,
    token: from.token,
    locationId: from.location_id,
    evseUid: from.evse_uid,
    connectorId: from.connector_id,
    reference: from.authorization_reference,
  };
}

const stopSession = z.object({ response_url: url, session_id: ciString(36) });

/** @throws ZodError naming field and rule. */
export function readRemoteStop(body: unknown): RemoteStop {
  const from = stopSession.parse(body);
  return { responseUrl: from.response_url, sessionId: from.session_id };
}

export const commandResponse = z.strictObject({
  result: z.enum(['NOT_SUPPORTED', 'REJECTED', 'ACCEPTED', 'UNKNOWN_SESSION']),
  /** Seconds. */
  timeout: z.int().nonnegative(),
  message: list(displayText),
});

export const commandAnswerOut = ({ result, timeout, message }: CommandAnswer): Wire =>
  commandResponse.parse({ result, timeout, message: inEnglish(message) });

export const commandResult = z.strictObject({
  result: z.enum([
    'ACCEPTED',
    'CANCELED_RESERVATION',
    'EVSE_OCCUPIED',
    'EVSE_INOPERATIVE',
    'FAILED',
    'NOT_SUPPORTED',
    'REJECTED',
    'TIMEOUT',
    'UNKNOWN_RESERVATION',
  ]),
  message: list(displayText),
});

export const commandOutcomeOut = ({ result, message }: CommandOutcome): Wire =>
  commandResult.parse({ result, message: inEnglish(message) });
