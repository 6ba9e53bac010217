import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@voltledger/kernel';
import { type OcpiVersion, STATUS, ocpiVersions } from '@voltledger/ocpi';
import { derivedUuid, headerOf } from '@voltledger/platform';
import { CPO_PATH, OwnPlatform } from '../own-platform';
import { Configuration } from './configuration';
import {
  type OcpiAnswer,
  OcpiRefusal,
  methodNotAllowed,
  notFound,
  unauthorized,
} from './ocpi-answer';
import { ENDPOINTS, type OcpiEndpoint, type OcpiRoute, matched } from './ocpi-endpoint';
import {
  type ModuleCall,
  type OcpiCall,
  type OcpiRequest,
  type Peer,
  jsonOf,
} from './ocpi-request';
import { STATUS_OF_REFUSAL } from './ocpi-statuses';
import { OcpiSurroundings } from './ocpi-surroundings';
import { Peers } from './peers';
import { routeOf, routingHeaders } from './routing';

const INTERNAL = { http: 500, status: STATUS.serverError, message: 'Something went wrong here.' };

/**
 * Answers every request below `/ocpi`. In this order: who is it (401), is there such a thing (404),
 * may it be done (405), whom is it for, what does it say (400, 2001), and only then the work.
 */
@Injectable()
export class OcpiServer {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(ENDPOINTS) private readonly endpoints: readonly OcpiEndpoint[],
    @Inject(OwnPlatform) private readonly own: OwnPlatform,
    @Inject(OcpiSurroundings) private readonly surroundings: OcpiSurroundings,
  ) {}

  async answer(request: OcpiRequest): Promise<OcpiAnswer> {
    try {
      const peer = await this.peers.recognise(headerOf(request, 'authorization'));
      return await this.answerTo(peer, request);
    } catch (error) {
      return this.failure(error, request);
    }
  }

  private async answerTo(peer: Peer, request: OcpiRequest): Promise<OcpiAnswer> {
    const [name = '', side, module = '', ...rest] = request.segments;
    const version = ocpiVersions.get(name);
    if (side !== CPO_PATH || !version) return this.configure(peer, request, version);
    // Whoever only holds a registration token may do nothing but register (OCPI-TRN-08).
    if (peer.partner.status !== 'registered') throw unauthorized();
    const route = offered(this.routesOf(module), rest, request.method);
    const call = this.callOf(peer, request, version, route.values);
    const answer = await route.answer(call);
    const routing = version.routed ? routingHeaders(call.route, this.own.mainParty) : {};
    return { ...answer, headers: { ...routing, ...answer.headers } };
  }

  private async configure(peer: Peer, request: OcpiRequest, version: OcpiVersion | undefined) {
    const routes = this.configuration.routes(version);
    const path = version ? request.segments.slice(1) : request.segments;
    const known = routes.some((each) => matched(each.path, path));
    // A stranger to a module learns nothing of what else there is.
    if (!known && peer.partner.status !== 'registered') throw unauthorized();
    const route = offered(routes, path, request.method);
    const call = {
      ...{ request: { ...request, body: jsonOf(request.body) }, peer, path: route.values },
      route: { to: undefined, from: undefined },
      cause: this.causeOf(peer, request),
    };
    return route.answer(call);
  }

  private routesOf(module: string): readonly OcpiRoute<ModuleCall>[] {
    return this.endpoints.filter((each) => each.module === module).flatMap(({ routes }) => routes);
  }

  private callOf(
    peer: Peer,
    request: OcpiRequest,
    version: OcpiVersion,
    path: readonly string[],
  ): ModuleCall {
    const isOurs = this.own.isOurs.bind(this.own);
    const none = { to: undefined, from: undefined };
    return {
      ...{ peer, version, path, cause: this.causeOf(peer, request) },
      route: version.routed ? routeOf(request, peer.partner, isOurs) : none,
      request: { ...request, body: jsonOf(request.body) },
    };
  }

  /** The same request of the same partner is the same cause. */
  private causeOf({ partner }: Peer, { requestId, correlationId }: OcpiRequest) {
    const causationId = derivedUuid('ocpi-request', partner.partnerId, requestId);
    return { causationId, correlationId, ...this.surroundings.scope };
  }

  private failure(error: unknown, request: OcpiRequest): OcpiAnswer {
    if (error instanceof OcpiRefusal) {
      const { http, status, message, headers } = error;
      return { http, status, message, headers };
    }
    const known = error instanceof DomainError ? STATUS_OF_REFUSAL[error.code] : undefined;
    if (known && error instanceof DomainError) return { ...known, message: error.message };
    const { correlationId, requestId } = request;
    this.surroundings.reports.report(error, {
      work: 'ocpi',
      correlationId,
      facts: { requestId, path: request.url.pathname },
    });
    return INTERNAL;
  }
}

/** @throws OcpiRefusal 404 where nothing is, 405 with what is offered instead (OCPI-TRN-19) */
function offered<Call extends OcpiCall>(
  routes: readonly OcpiRoute<Call>[],
  segments: readonly string[],
  method: string,
) {
  const here = routes.flatMap((route) => {
    const values = matched(route.path, segments);
    return values ? [{ ...route, values }] : [];
  });
  if (here.length === 0) throw notFound('There is nothing at this address.');
  const route = here.find((each) => each.method === method);
  if (!route) throw methodNotAllowed(here.map((each) => each.method));
  return route;
}
