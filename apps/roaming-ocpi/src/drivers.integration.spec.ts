import { randomUUID } from 'node:crypto';
import { type RoamingEvent, type SessionEvent } from '@voltledger/contracts';
import { instantAt } from '@voltledger/kernel';
import {
  type OcpiPartner,
  type OcpiRig,
  eventually,
  ocpiSessionStory,
  sampleLocation,
  startOcpiRig,
} from '@voltledger/testing';
import { roamingOcpiService } from './app.module';

let rig: OcpiRig;
let partner: OcpiPartner;

beforeAll(async () => {
  rig = await startOcpiRig(roamingOcpiService, { OCPI_COMMAND_SECONDS: '2' });
  await rig.locations({ type: 'LocationChanged', data: { location: sampleLocation(2) } });
  partner = await rig.partner('nl-tnm');
  await eventually(() => expect(partner.objects.locations.size).toBe(1));
});

afterAll(() => rig.close());

const HARBOUR = { location_id: 'HARBOUR', evse_uid: 'EVSE-0001' };
const soon = (millis: number) => instantAt(Date.now() + millis);

type News<Type extends RoamingEvent['type']> = Extract<RoamingEvent, { type: Type }>;
const news = <Type extends RoamingEvent['type']>(type: Type) =>
  rig.news.filter((each): each is News<Type> => each.type === type);

describe('a token', () => {
  it('goes to our whitelist, and can be read as it was written (OCPI-TOK-02, OCPI-CLO-07)', async () => {
    const token = await partner.pushToken('04AA', { whitelist: 'ALLOWED', language: 'nl' });
    await eventually(() =>
      expect(news('TokenReceived').map(({ data }) => data.token)).toContainEqual(
        expect.objectContaining({
          ...{ uid: '04AA', whitelist: 'ALLOWED', valid: true },
          partner: { partnerId: 'nl-tnm', countryCode: 'NL', partyId: 'TNM' },
        }),
      ),
    );
    const path = ['NL', 'TNM', '04aa'];
    expect(await partner.calls.call('GET', 'tokens', 'RECEIVER', path)).toMatchObject({
      data: token,
    });
  });

  it('is blocked by PATCH; an older word about it changes nothing (OCPI-TOK-04, OCPI-TYP-30)', async () => {
    await partner.pushToken('04BB');
    const path = ['NL', 'TNM', '04BB'];
    const patch = (body: object) => partner.calls.call('PATCH', 'tokens', 'RECEIVER', path, body);
    expect(await patch({ valid: false, last_updated: soon(1_000) })).toMatchObject({
      status: 1000,
    });
    expect(await patch({ valid: true, last_updated: '2020-01-01T00:00:00Z' })).toMatchObject({
      ...{ http: 200, status: 1000 },
    });
    await eventually(() => {
      const said = news('TokenReceived').filter(({ data }) => data.token.uid === '04BB');
      expect(said.map(({ data }) => data.token.valid)).toEqual([true, false]);
    });
  });

  it('cannot be patched before it is known, nor into another one (OCPI-ENV-13, OCPI-TYP-29)', async () => {
    const path = ['NL', 'TNM', '04CC'];
    const patch = (body: object) => partner.calls.call('PATCH', 'tokens', 'RECEIVER', path, body);
    const last_updated = soon(0);
    expect(await patch({ valid: false, last_updated })).toMatchObject({ http: 404, status: 2001 });
    await partner.pushToken('04CC');
    expect(await patch({ uid: '04DD', last_updated })).toMatchObject({ http: 200, status: 2001 });
    expect(await patch({ issuer: null, last_updated })).toMatchObject({ http: 200, status: 2001 });
  });

  it("is refused when it is another party's (OCPI-CLO-02)", async () => {
    const token = partner.tokens.issue('04EE', { party_id: 'XYZ' });
    const path = ['NL', 'XYZ', '04EE'];
    expect(await partner.calls.call('PUT', 'tokens', 'RECEIVER', path, token)).toMatchObject({
      ...{ http: 404 },
    });
  });
});

describe('START_SESSION', () => {
  it('is passed on with driver and reference, and its result follows (OCPI-CMD-05, OCPI-CMD-06)', async () => {
    const { answer, result } = await partner.startSession('04AA', {
      ...HARBOUR,
      authorization_reference: 'REF-1',
    });
    expect(answer.data).toEqual({ result: 'ACCEPTED', timeout: 2 });
    const asked = await eventually(() => news('RemoteStartRequested').at(-1)!.data);
    expect(asked).toMatchObject({
      evseUid: 'EVSE-0001',
      authorization: {
        ...{ method: 'COMMAND', reference: 'REF-1', token: { uid: '04AA' } },
        payer: { kind: 'ocpi', partnerId: 'nl-tnm', countryCode: 'NL', partyId: 'TNM' },
      },
    });
    const { startId } = asked;
    await rig.sessions({ type: 'StartAccepted', data: { startId, at: soon(0) } });
    expect(await result).toEqual({ result: 'ACCEPTED' });
  });

  it.each([
    ['rejected', 'REJECTED'],
    ['offline', 'EVSE_INOPERATIVE'],
    ['timeout', 'TIMEOUT'],
    ['error', 'FAILED'],
  ] as const)(
    'that the station answers with %s results in %s (OCPI-CMD-08)',
    async (reason, told) => {
      const before = news('RemoteStartRequested').length;
      const { result } = await partner.startSession('04AA', HARBOUR);
      const asked = await eventually(() => news('RemoteStartRequested')[before]!.data);
      await rig.sessions({
        type: 'StartRefused',
        data: { startId: asked.startId, reason, at: soon(0) },
      });
      expect(await result).toEqual({ result: told });
    },
  );

  it('that no station answers times out, once (OCPI-CMD-09)', async () => {
    const before = news('RemoteStartRequested').length;
    const { id, result } = await partner.startSession('04AA', HARBOUR);
    const { startId } = await eventually(() => news('RemoteStartRequested')[before]!.data);
    expect(await result).toEqual({ result: 'TIMEOUT' });
    const told = () => partner.received('commands').filter(({ path }) => path[1] === id);
    await eventually(() => expect(told()).toHaveLength(1));
    await rig.sessions({ type: 'StartAccepted', data: { startId, at: soon(0) } });
    await partner.pushToken('04FF');
    await eventually(() => expect(news('TokenReceived').at(-1)?.data.token.uid).toBe('04FF'));
    expect(told()).toHaveLength(1);
  });

  it.each([
    ['an unknown location', { location_id: 'NOWHERE' }, 2003],
    ['no EVSE where there are two', { location_id: 'HARBOUR' }, 1000],
  ])('at %s is rejected, and no result follows (OCPI-CMD-12)', async (_, where, status) => {
    const { answer } = await partner.startSession('04AA', where);
    expect(answer).toMatchObject({ http: 200, status, data: { result: 'REJECTED' } });
  });

  it('may not have its result sent to somebody else (OCPI-CMD-24)', async () => {
    const response_url = 'http://169.254.169.254/latest/meta-data';
    const { answer } = await partner.command('START_SESSION', {
      ...{ token: partner.tokens.issue('04AB'), ...HARBOUR, response_url },
    });
    expect(answer).toMatchObject({ http: 200, status: 2001 });
  });
});

it('STOP_SESSION reaches the session of its driver (OCPI-CMD-13)', async () => {
  const sessionId = randomUUID();
  await rig.sessions(...ocpiSessionStory('nl-tnm', sessionId).slice(0, 3));
  await eventually(() => expect(partner.objects.sessions.has(sessionId)).toBe(true));
  const { answer, result } = await partner.stopSession(sessionId.toUpperCase());
  expect(answer.data).toEqual({ result: 'ACCEPTED', timeout: 2 });
  const asked = await eventually(() => news('RemoteStopRequested').at(-1)!.data);
  expect(asked).toMatchObject({ sessionId, by: 'ocpi:nl-tnm' });
  const { commandId } = asked;
  const data = { sessionId, commandId, outcome: 'accepted', at: soon(0) };
  await rig.sessions({ type: 'StopAnswered', data } as unknown as SessionEvent);
  expect(await result).toEqual({ result: 'ACCEPTED' });
});

it.each(['RESERVE_NOW', 'CANCEL_RESERVATION', 'UNLOCK_CONNECTOR'])(
  '%s is not supported, and says so (OCPI-CMD-03)',
  async (name) => {
    const { answer } = await partner.command(name, {});
    expect(answer.data).toEqual({ result: 'NOT_SUPPORTED', timeout: 0 });
  },
);
