import {
  type Authorization,
  type ChargingPlace,
  type IssuedToken,
  type Refusal,
  type RoamingEvent,
  type TokenRef,
  sessionEvents,
} from '@voltledger/contracts';
import { type Decider, type Instant, type StationId } from '@voltledger/kernel';
import { type AuthorizationEvent } from './session-event';
import { type AskingPolicy, type Judgement, judge, payerOf, tokenOf } from './whitelist';

/** A question: may this token charge here? */
export interface Asked {
  readonly requestId: string;
  readonly stationId: StationId;
  readonly presented: TokenRef;
  readonly place?: ChargingPlace;
  readonly at: Instant;
}

export type IssuersAnswer = Extract<
  RoamingEvent,
  { type: 'RoamingAuthorizationAnswered' }
>['data']['answer'];

export type AuthorizationCommand =
  | (Asked & {
      readonly type: 'JudgeToken';
      readonly known?: IssuedToken;
      readonly policy: AskingPolicy;
      /** The station's patience ends: an answer after this changes nothing. */
      readonly until: Instant;
    })
  /** The same driver was authorized here a moment ago (OCPP-J-AUTH-09). */
  | (Asked & { readonly type: 'ReuseAuthorization'; readonly authorization: Authorization })
  | {
      readonly type: 'TakeIssuersAnswer';
      readonly answer: IssuersAnswer;
      readonly at: Instant;
      /** What the whitelist says while the issuer cannot be reached. */
      readonly offline?: Authorization;
    }
  | { readonly type: 'GiveUpAsking'; readonly at: Instant; readonly offline?: Authorization };

interface Asking {
  readonly status: 'asking';
  readonly requestId: string;
  readonly stationId: StationId;
  readonly presented: TokenRef;
  readonly until: Instant;
}

export type AuthorizationState =
  | { readonly status: 'none' }
  | Asking
  | { readonly status: 'authorized'; readonly authorization: Authorization; readonly at: Instant }
  | { readonly status: 'rejected'; readonly refusal: Refusal };

/** One question about one token, answered once. */
export const authorization: Decider<AuthorizationState, AuthorizationCommand, AuthorizationEvent> =
  {
    category: 'authorization',
    schemaVersion: sessionEvents.schemaVersion,
    stateVersion: 1,
    initial: { status: 'none' },
    decide,
    evolve,
    upcast: sessionEvents.upcast,
  };

function decide(command: AuthorizationCommand, state: AuthorizationState): AuthorizationEvent[] {
  switch (command.type) {
    case 'JudgeToken':
    case 'ReuseAuthorization':
      return state.status === 'none' ? [requested(command), firstAnswer(command)] : [];
    case 'TakeIssuersAnswer':
    case 'GiveUpAsking':
      return state.status === 'asking' ? lastAnswer(command, state) : [];
  }
}

type Question = Extract<AuthorizationCommand, Asked>;
type Settling = Exclude<AuthorizationCommand, Asked>;

const firstAnswer = (command: Question): AuthorizationEvent =>
  command.type === 'JudgeToken'
    ? judged(command, judge(command.known, command.policy))
    : authorized(command, command.authorization, command.at);

/** An answer counts until the deadline; giving up, from then on. */
function lastAnswer(command: Settling, asking: Asking): AuthorizationEvent[] {
  if (command.type === 'GiveUpAsking')
    return command.at >= asking.until ? [unanswered(asking, command)] : [];
  return command.at <= asking.until ? [answered(asking, command)] : [];
}

const requested = ({ requestId, stationId, presented, place, at }: Asked): AuthorizationEvent => ({
  type: 'AuthorizationRequested',
  data: { requestId, stationId, token: presented, ...(place && { place }), at },
});

function judged(
  asked: Extract<AuthorizationCommand, { type: 'JudgeToken' }>,
  judgement: Judgement,
): AuthorizationEvent {
  switch (judgement.verdict) {
    case 'accept':
      return authorized(asked, judgement.authorization, asked.at);
    case 'refuse':
      return rejected(asked, judgement.refusal, asked.at);
    case 'ask': {
      const { requestId, stationId, presented, place, until } = asked;
      const { token } = judgement;
      return {
        type: 'RoamingAuthorizationRequested',
        data: {
          ...{ requestId, stationId, presented, until },
          ...(token && { token: tokenOf(token), payer: payerOf(token) }),
          ...(place && { place }),
        },
      };
    }
  }
}

interface Waited {
  readonly at: Instant;
  readonly offline?: Authorization;
}

function answered(asking: Asking, { answer, ...waited }: Waited & { answer: IssuersAnswer }) {
  if (answer.status === 'accepted') return authorized(asking, answer.authorization, waited.at);
  if (answer.refusal === 'UNAVAILABLE') return unanswered(asking, waited);
  return rejected(asking, answer.refusal, waited.at);
}

/** Nobody could be asked: the whitelist's word, where it has one (domain.md 10.6). */
const unanswered = (asking: Asking, { at, offline }: Waited): AuthorizationEvent =>
  offline ? authorized(asking, offline, at) : rejected(asking, 'UNAVAILABLE', at);

const authorized = (
  { requestId, stationId }: Pick<Asked, 'requestId' | 'stationId'>,
  granted: Authorization,
  at: Instant,
): AuthorizationEvent => ({
  type: 'Authorized',
  data: { requestId, stationId, authorization: granted, at },
});

const rejected = (
  { requestId, stationId, presented }: Pick<Asked, 'requestId' | 'stationId' | 'presented'>,
  refusal: Refusal,
  at: Instant,
): AuthorizationEvent => ({
  type: 'AuthorizationRejected',
  data: { requestId, stationId, presented, refusal, at },
});

function evolve(state: AuthorizationState, { type, data }: AuthorizationEvent): AuthorizationState {
  switch (type) {
    case 'AuthorizationRequested':
      return state;
    case 'RoamingAuthorizationRequested': {
      const { requestId, stationId, presented, until } = data;
      return { status: 'asking', requestId, stationId, presented, until };
    }
    case 'Authorized':
      return { status: 'authorized', authorization: data.authorization, at: data.at };
    case 'AuthorizationRejected':
      return { status: 'rejected', refusal: data.refusal };
  }
}
