import { type IssuedToken } from '@voltledger/contracts';
import { type StationId } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { at, eventually } from '@voltledger/testing';
import { RunningSessionService } from '../test/running-session-service';
import { partner, tokenOf, transaction } from '../test/transaction';

let service: RunningSessionService;

beforeAll(async () => {
  service = await RunningSessionService.start();
});
afterAll(() => service.close());
beforeEach(() => service.clock.set(at('10:00')));

describe('a token that somebody else has to vouch for (domain 10.6)', () => {
  const answered = async (requestId: string, whitelist: IssuedToken['whitelist'], uid: string) => {
    await service.knows(tokenOf(uid, { whitelist, partner }));
    const { sessionId, ...tx } = transaction(uid);
    await service.station(tx.start(requestId));
    await eventually(() =>
      expect(service.events({ requestId }).map(({ type }) => type)).toContain(
        'RoamingAuthorizationRequested',
      ),
    );
    return { sessionId, tx };
  };
  const patience = () => service.clock.advance(11_000);

  it('is refused when its issuer is silent and wants to be asked always (NEVER)', async () => {
    const requestId = newUuid();
    await answered(requestId, 'NEVER', 'NEVER001');
    patience();
    await eventually(() =>
      expect(service.commands({ requestId })).toMatchObject([
        { data: { verdict: { status: 'refused', refusal: 'UNAVAILABLE' } } },
      ]),
    );
  });

  it('charges by the whitelist when its issuer is silent and left it to us (ALLOWED_OFFLINE)', async () => {
    const requestId = newUuid();
    const { sessionId } = await answered(requestId, 'ALLOWED_OFFLINE', 'OFFLINE1');
    patience();
    await eventually(() =>
      expect(service.commands({ requestId })).toMatchObject([
        { data: { verdict: { status: 'accepted' } } },
      ]),
    );
    await eventually(async () =>
      expect(await service.story(sessionId)).toContain('SessionAuthorized'),
    );
  });

  it('makes the session its issuer’s when the answer comes after the start', async () => {
    const requestId = newUuid();
    const { sessionId } = await answered(requestId, 'NEVER', 'SLOW0001');
    const { uid, type, contractId, issuer } = tokenOf('SLOW0001');
    const authorization = {
      method: 'AUTH_REQUEST' as const,
      token: { uid, type, contractId, issuer },
      payer: { kind: 'ocpi' as const, ...partner },
      reference: 'REF-1',
    };
    await service.roaming({
      type: 'RoamingAuthorizationAnswered',
      data: {
        ...{ requestId, stationId: 'CS' as StationId, at: service.clock() },
        answer: { status: 'accepted', authorization },
      },
    });
    await eventually(async () =>
      expect(await service.story(sessionId)).toContain('SessionAuthorized'),
    );
    await eventually(() => expect(service.commands({ requestId })).toHaveLength(1));
  });

  it('has a deadline also when we crashed between noting the question and putting it', async () => {
    const requestId = newUuid();
    const { stationId, ...tx } = transaction('CRASH001');
    await service.test.database.query(
      `insert into session.authorization_requests (request_id, station_id, token_uid, asked_at)
       values ($1, $2, 'crash001', $3)`,
      [requestId, stationId, at('09:59')],
    );
    await service.station(tx.start(requestId));
    await eventually(() => {
      service.clock.advance(11_000);
      expect(service.commands({ requestId })).toMatchObject([
        { data: { verdict: { status: 'refused', refusal: 'UNAVAILABLE' } } },
      ]);
    });
  });

  it('asks the hub about a token that nobody knows, without a payer', async () => {
    const requestId = newUuid();
    await service.station(transaction('NOBODY01').start(requestId));
    await eventually(() =>
      expect(
        service.events({ requestId }).find(({ type }) => type === 'RoamingAuthorizationRequested')
          ?.data,
      ).toEqual(expect.not.objectContaining({ payer: expect.anything() })),
    );
  });

  it('ignores a stale copy of a token', async () => {
    await service.knows(tokenOf('STALE001', { partner, updatedAt: at('09:00') }));
    await service.roaming({
      type: 'TokenReceived',
      data: { token: tokenOf('STALE001', { partner, valid: false, updatedAt: at('08:00') }) },
    });
    await service.knows(tokenOf('MARKER01', { partner }));
    const [found] = await service.test.database.query<{ token: IssuedToken }>(
      `select token from session.tokens where uid = 'STALE001'`,
    );
    expect(found?.token.valid).toBe(true);
  });
});
