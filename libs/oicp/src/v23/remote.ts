import { z } from 'zod';
import { parseContractId, parseEvseId, parseProviderId } from '../shared/identifiers';
import { type ServedOperation } from './operations';
import { jsonPointer, reading } from './reading';
import { partnerSessionIdText, productIdText, sessionIdText } from './scalars';
import { REMOTE_OUTCOME_CODES, type RemoteOutcome, STATUS_CODES } from './status-codes';

const ADDITIONAL_INFO_LENGTH_MAX = 1_000;

const ofForm = (parse: (text: string) => unknown, name: string) =>
  z.string().refine((text) => parse(text) !== undefined, `must be ${name}`);

/** Read in any case; the broker's own pattern says upper (OICP-IDS-04). */
const evseId = ofForm(parseEvseId, 'an EvseID');
const providerId = ofForm(parseProviderId, 'a ProviderID');
const contractId = ofForm(parseContractId, 'an EvcoID');

const references = {
  SessionID: sessionIdText,
  CPOPartnerSessionID: partnerSessionIdText.optional(),
  EMPPartnerSessionID: partnerSessionIdText.optional(),
  ProviderID: providerId,
  EvseID: evseId,
};

/** Only `RemoteIdentification`; any other member is a mistake (OICP-IDN-04). */
const remoteIdentification = z.strictObject({
  RemoteIdentification: z.object({ EvcoID: contractId }),
});

const remoteStart = reading({
  ...references,
  Identification: remoteIdentification,
  PartnerProductID: productIdText.optional(),
});

const remoteStop = reading(references);

export interface RemoteStop {
  readonly oicpSessionId: string;
  readonly providerId: string;
  readonly evseId: string;
  readonly cpoPartnerSessionId?: string | undefined;
  readonly empPartnerSessionId?: string | undefined;
}

export interface RemoteStart extends RemoteStop {
  readonly evcoId: string;
  readonly productId?: string | undefined;
}

/** Why a request could not be read; `pointer` names the member (OICP-ACK-10). */
export interface UnreadableRequest {
  readonly pointer: string;
  readonly problem: string;
}

type Read<Request> = { readonly request: Request } | { readonly unreadable: UnreadableRequest };

/** @param pathId the ProviderID in the path: it has to be the one in the body (OICP-TRN-09). */
export function remoteStartIn(body: unknown, pathId: string): Read<RemoteStart> {
  const parsed = remoteStart.safeParse(body);
  if (!parsed.success) return unreadableBy(parsed.error);
  const { Identification, PartnerProductID, ...rest } = parsed.data;
  const { EvcoID } = Identification.RemoteIdentification;
  return ofProvider(pathId, { ...stopOf(rest), evcoId: EvcoID, productId: PartnerProductID });
}

export function remoteStopIn(body: unknown, pathId: string): Read<RemoteStop> {
  const parsed = remoteStop.safeParse(body);
  return parsed.success ? ofProvider(pathId, stopOf(parsed.data)) : unreadableBy(parsed.error);
}

const stopOf = (read: z.output<typeof remoteStop>): RemoteStop => ({
  oicpSessionId: read.SessionID,
  providerId: read.ProviderID,
  evseId: read.EvseID,
  cpoPartnerSessionId: read.CPOPartnerSessionID,
  empPartnerSessionId: read.EMPPartnerSessionID,
});

function ofProvider<Request extends RemoteStop>(pathId: string, request: Request): Read<Request> {
  const isSame = parseProviderId(pathId)?.key === parseProviderId(request.providerId)?.key;
  if (isSame) return { request };
  return { unreadable: { pointer: '/ProviderID', problem: 'is not the provider in the path' } };
}

function unreadableBy({ issues }: z.ZodError): { unreadable: UnreadableRequest } {
  const [first] = issues;
  const path = first?.code === 'unrecognized_keys' ? [...first.path, first.keys[0]] : first?.path;
  const steps = (path ?? []).filter((step) => step !== undefined);
  return {
    unreadable: { pointer: jsonPointer(steps), problem: first?.message ?? 'is no JSON object' },
  };
}

export const acknowledgement = z.strictObject({
  Result: z.boolean(),
  StatusCode: z.strictObject({
    Code: z.string().length(3),
    Description: z.string().max(200).optional(),
    AdditionalInfo: z.string().max(ADDITIONAL_INFO_LENGTH_MAX).optional(),
  }),
  SessionID: sessionIdText.optional(),
  CPOPartnerSessionID: partnerSessionIdText.optional(),
  EMPPartnerSessionID: partnerSessionIdText.optional(),
});

export type Acknowledgement = z.output<typeof acknowledgement>;

/** What is echoed of the request, as far as it could be read (OICP-ACK-11). */
export type Echo = Partial<
  Pick<RemoteStop, 'oicpSessionId' | 'cpoPartnerSessionId' | 'empPartnerSessionId'>
>;

/**
 * Our answer. Goes out with HTTP 200 whatever it says: anything else is a failed delivery to the
 * broker (OICP-ACK-08). `detail` is for people; the description is the code's own text.
 *
 * @throws ZodError when the result breaks the 2.3 schema; that is our bug.
 */
export function acknowledgementOf(
  outcome: RemoteOutcome,
  echo: Echo = {},
  detail?: string,
): Acknowledgement {
  const code = REMOTE_OUTCOME_CODES[outcome];
  return acknowledgement.parse({
    Result: outcome === 'accepted',
    StatusCode: {
      Code: code,
      Description: STATUS_CODES[code].meaning,
      AdditionalInfo: detail?.slice(0, ADDITIONAL_INFO_LENGTH_MAX),
    },
    SessionID: echo.oicpSessionId,
    CPOPartnerSessionID: echo.cpoPartnerSessionId,
    EMPPartnerSessionID: echo.empPartnerSessionId,
  });
}

/** Served, but not offered: reservations answer 320 (OICP-OPS-04, OICP-RSV-01). */
export const isSupported = (operation: ServedOperation): boolean =>
  operation === 'remoteStart' || operation === 'remoteStop';
