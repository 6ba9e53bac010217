import { Inject, Injectable } from '@nestjs/common';
import { type Party, type TokenCoding, authorizationHeader } from '@voltledger/ocpi';
import {
  type JsonAnswer,
  type JsonRequest,
  NoAnswer,
  fetchJson,
  newUuid,
} from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { type PartnerAnswer, PartnerUnavailable, partnerAnswer } from './partner-answer';

/** How to show a partner who is calling. */
export interface PeerAccess {
  readonly token: string;
  readonly coding: TokenCoding;
  /** Whether its version knows request ids and routing headers. */
  readonly routed: boolean;
}

export interface PartnerCall extends Pick<JsonRequest, 'method' | 'url' | 'body'> {
  readonly signal?: AbortSignal | undefined;
  readonly correlationId: string;
  /** Of a functional module: from which of our parties, to which of theirs (OCPI-RTG-04). */
  readonly route?: { readonly from: Party; readonly to: Party } | undefined;
  readonly timeoutMs?: number | undefined;
  /** Any 2xx is a yes: for callbacks, whose answer nobody wraps with care. */
  readonly anyAnswer?: boolean;
}

/** Calls a partner's API: headers, addresses and limits are the same for every module. */
@Injectable()
export class PartnerClient {
  private readonly timeoutMs: number;
  private readonly policy: { readonly allowPrivate: boolean };

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'OCPI_CALL_SECONDS_MAX' | 'ALLOW_PRIVATE_PARTNERS'>,
  ) {
    this.timeoutMs = config.OCPI_CALL_SECONDS_MAX * 1_000;
    this.policy = { allowPrivate: config.ALLOW_PRIVATE_PARTNERS };
  }

  /**
   * @throws PartnerUnavailable when the partner gave no answer to what was asked.
   * @throws DomainError OUTBOUND_URL_REFUSED for an address that we do not call.
   */
  async call(access: PeerAccess, call: PartnerCall): Promise<PartnerAnswer> {
    const http = await this.send(access, call);
    const accepted = http.status >= 200 && http.status < 300;
    if (call.anyAnswer && accepted) return { outcome: 'success', data: undefined, http };
    return partnerAnswer(http);
  }

  private async send(access: PeerAccess, call: PartnerCall): Promise<JsonAnswer> {
    const { url, method = 'GET', body, signal, timeoutMs = this.timeoutMs } = call;
    try {
      return await fetchJson({
        ...{ url, method, timeoutMs, policy: this.policy, headers: headersOf(access, call) },
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      });
    } catch (error) {
      if (error instanceof NoAnswer) throw new PartnerUnavailable(error.message);
      throw error;
    }
  }
}

function headersOf(
  { token, coding, routed }: PeerAccess,
  { correlationId, route }: PartnerCall,
): Record<string, string> {
  const authorization = authorizationHeader(token, coding);
  if (!routed) return { authorization };
  const ids = { 'x-request-id': newUuid(), 'x-correlation-id': correlationId };
  return { authorization, ...ids, ...(route && routingHeaders(route)) };
}

const routingHeaders = ({ from, to }: { readonly from: Party; readonly to: Party }) => ({
  'ocpi-from-country-code': from.countryCode,
  'ocpi-from-party-id': from.partyId,
  'ocpi-to-country-code': to.countryCode,
  'ocpi-to-party-id': to.partyId,
});
