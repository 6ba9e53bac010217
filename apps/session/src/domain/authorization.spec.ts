import { type Authorization, type IssuedToken } from '@voltledger/contracts';
import { type PartnerId, type StationId } from '@voltledger/kernel';
import { at, given, sampleToken } from '@voltledger/testing';
import { type AuthorizationCommand, authorization } from './authorization';
import { type AuthorizationEvent } from './session-event';
import { judge, offlineAuthorization } from './whitelist';

const requestId = '3f3c1d1e-6f0a-4a43-8b1c-7a1f5f2d9a01';
const stationId = 'CS0001' as StationId;
const presented = { uid: '04a2b3', type: 'OTHER' as const };
const asked = { requestId, stationId, presented, at: at('10:00') };
const policy = { issuerFor: ['NEVER' as const, 'ALLOWED_OFFLINE' as const], hub: true };
const partner = { partnerId: 'partner-xyz' as PartnerId, countryCode: 'NL', partyId: 'XYZ' };

const token = (rest: Partial<IssuedToken> = {}): IssuedToken => ({
  ...sampleToken('04A2B3'),
  updatedAt: at('08:00'),
  ...rest,
});
const { valid: _valid, whitelist: _whitelist, ...plain } = sampleToken('04A2B3');
const granted = (payer: Authorization['payer'], method: Authorization['method'] = 'WHITELIST') => ({
  method,
  token: plain,
  payer,
});

const judgeToken = (known?: IssuedToken): AuthorizationCommand => ({
  type: 'JudgeToken',
  ...asked,
  ...(known && { known }),
  policy,
  until: at('10:00:10'),
});

const requested: AuthorizationEvent = {
  type: 'AuthorizationRequested',
  data: { requestId, stationId, token: presented, at: at('10:00') },
};
const authorized = (by: Authorization, time: string): AuthorizationEvent => ({
  type: 'Authorized',
  data: { requestId, stationId, authorization: by, at: at(time) },
});
const rejected = (
  refusal: 'BLOCKED' | 'UNAVAILABLE' | 'EXPIRED',
  time: string,
): AuthorizationEvent => ({
  type: 'AuthorizationRejected',
  data: { requestId, stationId, presented, refusal, at: at(time) },
});
const asksIssuer: AuthorizationEvent = {
  type: 'RoamingAuthorizationRequested',
  data: {
    ...{ requestId, stationId, presented, token: plain },
    ...{ payer: { kind: 'ocpi', ...partner }, until: at('10:00:10') },
  },
};

describe('a token at a station', () => {
  it('of our own customer charges by the whitelist (OCPP-J-AUTH-01)', () =>
    given(authorization)
      .when(judgeToken(token()))
      .then(requested, authorized(granted({ kind: 'own' }), '10:00')));

  it('that is blocked does not', () =>
    given(authorization)
      .when(judgeToken(token({ valid: false })))
      .then(requested, rejected('BLOCKED', '10:00')));

  it('of a partner that wants to be asked is put to it', () =>
    given(authorization)
      .when(judgeToken(token({ partner, whitelist: 'NEVER' })))
      .then(requested, asksIssuer));

  it('that nobody knows is put to the hub', () =>
    given(authorization)
      .when(judgeToken())
      .then(requested, {
        type: 'RoamingAuthorizationRequested',
        data: { requestId, stationId, presented, until: at('10:00:10') },
      }));

  it('that was authorized a moment ago is answered with that (OCPP-J-AUTH-09)', () => {
    const by = granted({ kind: 'ocpi', ...partner }, 'AUTH_REQUEST');
    given(authorization)
      .when({ type: 'ReuseAuthorization', ...asked, authorization: by })
      .then(requested, authorized(by, '10:00'));
  });

  it('is judged once, however often the question comes', () => {
    given(authorization, requested, asksIssuer).when(judgeToken(token())).thenNothing();
    given(authorization, requested, rejected('BLOCKED', '10:00'))
      .when(judgeToken(token()))
      .thenNothing();
  });
});

describe('the answer of whoever issued the token', () => {
  const asking = [requested, asksIssuer];
  const by = granted({ kind: 'ocpi', ...partner }, 'AUTH_REQUEST');
  const answer = (time: string, refusal?: 'UNAVAILABLE' | 'EXPIRED'): AuthorizationCommand => ({
    type: 'TakeIssuersAnswer',
    at: at(time),
    answer: refusal ? { status: 'refused', refusal } : { status: 'accepted', authorization: by },
  });

  it('is passed on', () => {
    given(authorization, ...asking)
      .when(answer('10:00:02'))
      .then(authorized(by, '10:00:02'));
    given(authorization, ...asking)
      .when(answer('10:00:02', 'EXPIRED'))
      .then(rejected('EXPIRED', '10:00:02'));
  });

  it('comes too late after the station’s patience (OCPP-J-AUTH-08)', () => {
    given(authorization, ...asking)
      .when(answer('10:00:11'))
      .thenNothing();
    given(authorization, ...asking, rejected('UNAVAILABLE', '10:00:10'))
      .when(answer('10:00:11'))
      .thenNothing();
  });

  it('that does not come is a refusal, unless the whitelist may speak for it', () => {
    const giveUp: AuthorizationCommand = { type: 'GiveUpAsking', at: at('10:00:10') };
    given(authorization, ...asking)
      .when(giveUp)
      .then(rejected('UNAVAILABLE', '10:00:10'));
    const offline = granted({ kind: 'ocpi', ...partner });
    given(authorization, ...asking)
      .when({ ...giveUp, offline })
      .then(authorized(offline, '10:00:10'));
    given(authorization, ...asking)
      .when({ ...giveUp, at: at('10:00:09') })
      .thenNothing();
  });
});

describe('whitelist and partner (domain 10.6)', () => {
  it.each([
    ['ALWAYS', 'accept', true],
    ['ALLOWED', 'accept', true],
    ['ALLOWED_OFFLINE', 'ask', true],
    ['NEVER', 'ask', false],
  ] as const)(
    '%s: %s while the partner is up; may charge while it is down: %s',
    (whitelist, up, down) => {
      const known = token({ partner, whitelist });
      expect(judge(known, policy).verdict).toBe(up);
      expect(offlineAuthorization(known) !== undefined).toBe(down);
    },
  );

  it('asks about ALLOWED tokens too where that is configured, and never about our own', () => {
    const all = { issuerFor: ['NEVER', 'ALLOWED_OFFLINE', 'ALLOWED'] as const, hub: true };
    expect(judge(token({ partner, whitelist: 'ALLOWED' }), all).verdict).toBe('ask');
    expect(judge(token({ whitelist: 'NEVER' }), all).verdict).toBe('accept');
  });

  it('refuses an unknown token where there is no hub', () =>
    expect(judge(undefined, { ...policy, hub: false })).toEqual({
      verdict: 'refuse',
      refusal: 'UNKNOWN',
    }));

  it('does not let a blocked token charge while its issuer is silent', () =>
    expect(offlineAuthorization(token({ partner, valid: false }))).toBeUndefined());
});
