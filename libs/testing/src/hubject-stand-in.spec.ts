import { callHubject, vectorBody as vector } from './hubject-caller';
import { HubjectStandIn } from './hubject-stand-in';

let hubject: HubjectStandIn;
let now = Date.parse('2026-05-04T10:00:00Z');

beforeEach(async () => {
  now = Date.parse('2026-05-04T10:00:00Z');
  hubject = await HubjectStandIn.start({
    operators: [{ operatorId: 'DE*T01', subOperatorIds: ['AT*T01'] }],
    now: () => now,
  });
});
afterEach(() => hubject.close());

const post = (path: string, body: unknown) => callHubject(hubject.url, path, body);

const DATA = 'evsepush/v23/operators/DE*T01/data-records';
const CDR = 'cdrmgmt/v22/operators/DE*T01/charge-detail-record';
const START = 'charging/v21/operators/DE*T01/authorize/start';
const NOTIFY = 'notificationmgmt/v11/charging-notifications';

const start = (uid: string) => ({
  CPOPartnerSessionID: 'ours',
  OperatorID: 'DE*T01',
  EvseID: 'DE*T01*E100*1',
  Identification: { RFIDMifareFamilyIdentification: { UID: uid } },
});

async function openSession(): Promise<string> {
  hubject.provider('DE-T02', '044A2DAA856280');
  const { json: answer } = await post(START, start('044A2DAA856280'));
  return answer['SessionID'] as string;
}

describe('the stand-in broker, in the middle of sessions', () => {
  it('OICP-SES-01 makes the session id, and none for a refusal', async () => {
    expect(await openSession()).toMatch(/^[0-9a-f]{8}-/);
    const refused = await post(START, start('DEADBEEF'));
    expect(refused.json).toMatchObject({
      SessionID: null,
      CPOPartnerSessionID: 'ours',
      AuthorizationStatus: 'NotAuthorized',
      StatusCode: { Code: '102' },
    });
  });

  it('OICP-HBS-14 makes the same ids from the same seed', async () => {
    const first = await openSession();
    const other = await HubjectStandIn.start({ operators: [{ operatorId: 'DE*T01' }] });
    other.provider('DE-T02', '044A2DAA856280');
    const answer = await fetch(`${other.url}/api/oicp/${START}`, {
      method: 'POST',
      body: JSON.stringify(start('044A2DAA856280')),
    });
    expect(await answer.json()).toMatchObject({ SessionID: first });
    await other.close();
  });

  it('OICP-HBS-07 OICP-CDR-05 takes one CDR per session: CLOSED after that, 400 for a stranger', async () => {
    const cdr = { ...vector('w-cdr-01'), EMPPartnerSessionID: undefined };
    expect((await post(CDR, cdr)).code).toBe('400');
    const SessionID = await openSession();
    expect((await post(CDR, { ...cdr, SessionID })).code).toBe('000');
    const again = await post(CDR, { ...cdr, SessionID });
    expect([again.status, again.code]).toEqual([404, '400']);
    expect(hubject.broker.cdrs).toHaveLength(1);
  });

  it('OICP-HBS-03 refuses a CDR that cannot be true with 022', async () => {
    const SessionID = await openSession();
    const wattHours = { ...vector('w-cdr-04'), EMPPartnerSessionID: undefined, SessionID };
    expect((await post(CDR, wattHours)).code).toBe('022');
    now = Date.parse('2026-05-04T07:00:00Z');
    const future = { ...vector('w-cdr-01'), EMPPartnerSessionID: undefined, SessionID };
    expect((await post(CDR, future)).code).toBe('022');
  });

  it('OICP-HBS-12 OICP-NTF-03 wants five minutes between two Progress', async () => {
    const SessionID = await openSession();
    const progress = { ...vector('w-ntf-02'), SessionID };
    expect((await post(NOTIFY, progress)).code).toBe('000');
    now += 299_000;
    expect((await post(NOTIFY, progress)).code).toBe('022');
    now += 1_000;
    expect((await post(NOTIFY, progress)).code).toBe('000');
  });

  it('OICP-NTF-11 OICP-NTF-12 answers 320 without endpoint, 400 for an unknown session', async () => {
    const SessionID = await openSession();
    hubject.broker.providers[0]!.notifications = false;
    expect((await post(NOTIFY, { ...vector('w-ntf-01'), SessionID })).code).toBe('320');
    expect((await post(NOTIFY, vector('w-ntf-01'))).code).toBe('400');
  });

  it('OICP-AUT-16 answers AuthorizeStop for an unknown session with HTTP 401 and 400', async () => {
    const stop = { ...start('044A2DAA856280'), SessionID: '5b1c6f0e-7d2a-4a53-9a51-0c7be0d1f2a3' };
    const answer = await post(START.replace('/start', '/stop'), stop);
    expect([answer.status, answer.code]).toEqual([401, '400']);
  });

  it('loses answers, shows a gateway’s page, goes down and comes back on the same port', async () => {
    const SessionID = await openSession();
    const cdr = { ...vector('w-cdr-01'), EMPPartnerSessionID: undefined, SessionID };
    hubject.trouble('sendChargeDetailRecord', { kind: 'lose answer' });
    await expect(post(CDR, cdr)).rejects.toThrow();
    expect(hubject.broker.cdrs).toHaveLength(1);
    hubject.trouble('any', { kind: 'html' });
    expect((await post(CDR, cdr)).text).toContain('<html>');
    const { url } = hubject;
    await hubject.down();
    await expect(post(CDR, cdr)).rejects.toThrow();
    await hubject.up();
    expect(hubject.url).toBe(url);
    expect((await post(CDR, cdr)).status).toBe(404);
    expect(hubject.requests('sendChargeDetailRecord')).toHaveLength(3);
  });

  it('OICP-HBS-03 stops remote requests that the operator’s data rules out: 300, 320, 603, 604', async () => {
    const wish = { evseId: 'DE*T01*E100*1', providerId: 'DE-T02' };
    expect(await hubject.remoteStart({ ...wish, evseId: 'DE*XXX*E1' })).toMatchObject({
      code: '300',
    });
    expect(await hubject.remoteStart(wish)).toMatchObject({ code: '320' });
    await post(DATA, vector('w-evse-01'));
    expect(await hubject.remoteStart({ ...wish, evseId: 'DE*T01*E9' })).toMatchObject({
      accepted: false,
      code: '603',
    });
  });

  it('OICP-RMT-02 deletes the session of a remote start that nobody answered: 310', async () => {
    hubject.reach('DE*T01', 'http://127.0.0.1:1');
    const answer = await hubject.remoteStart({ evseId: 'DE*T01*E100*1', providerId: 'DE-T02' });
    expect(answer).toEqual({ accepted: false, code: '310' });
    expect(hubject.broker.sessions.all().map(({ state }) => state)).toEqual(['deleted']);
  });
});
