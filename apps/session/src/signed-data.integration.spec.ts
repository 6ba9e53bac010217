import { generateKeyPairSync, sign } from 'node:crypto';
import { type SessionId } from '@voltledger/kernel';
import { ApiKeys } from '@voltledger/platform';
import { at, eventually, sampleReading } from '@voltledger/testing';
import { RunningSessionService } from '../test/running-session-service';
import { transaction } from '../test/transaction';

let service: RunningSessionService;
beforeAll(async () => {
  service = await RunningSessionService.start();
});
afterAll(() => service.close());
beforeEach(() => service.clock.set(at('10:00')));

const pair = () => generateKeyPairSync('ec', { namedCurve: 'secp192k1' });
const spkiOf = ({ publicKey }: ReturnType<typeof pair>) =>
  publicKey.export({ format: 'der', type: 'spki' }).toString('hex');
const ours = pair();

/** Begin and end in one record, as stations send it with the stop (domain 3.8). */
function record(meter: string): string {
  const reading = (kind: string, time: string, value: string) =>
    `{"TM":"2026-03-05T${time}:00,000+0000 S","TX":"${kind}","RV":${value},"RI":"1-b:1.8.0","RU":"kWh","ST":"G"}`;
  const rows = `${reading('B', '10:00', '100.000')},${reading('E', '10:02', '101.000')}`;
  const payload = `{"FV":"1.0","PG":"T1","MS":"${meter}","RD":[${rows}]}`;
  const signature = sign('sha256', Buffer.from(payload), ours.privateKey).toString('hex');
  return `OCMF|${payload}|{"SA":"ECDSA-secp192k1-SHA256","SD":"${signature}"}`;
}

async function charged(meter: string): Promise<SessionId> {
  const { sessionId, ...tx } = transaction();
  const methods = { encodingMethod: 'OCMF', signingMethod: '', publicKey: spkiOf(ours) };
  const signedAs = (data: string) => [
    sampleReading('101', '10:02', { context: 'end', signed: { data, ...methods } }),
  ];
  await service.station(tx.start());
  const data = record(meter);
  const wrapped = Buffer.from(data).toString('base64');
  await service.station(tx.read('101', '10:02', { readings: signedAs(wrapped) }));
  await service.station(tx.end('101', '10:02', { readings: signedAs(data) }));
  await eventually(async () => expect((await service.row(sessionId))?.status).toBe('ended'));
  return sessionId;
}

const verdicts = (sessionId: SessionId) =>
  service.sent
    .filter(({ key, type }) => key === sessionId && /^SignedData(Verified|Rejected)/.test(type))
    .map(({ data }) => data as { verdict: string; codes: string[] });

describe('signed meter data (domain 3)', () => {
  it('is verified with a registered key, once however often it comes, and before the end', async () => {
    const admin = await service.operator('admin');
    const keys = { keys: [{ publicKey: spkiOf(ours) }] };
    expect((await admin('PUT', 'meters/M-1/keys', keys)).status).toBe(200);
    const sessionId = await charged('M-1');
    const story = await service.story(sessionId);
    expect(story.filter((type) => type.startsWith('SignedData'))).toEqual([
      ...['SignedDataReceived', 'SignedDataVerified'],
    ]);
    const { key } = await service.running.app.get(ApiKeys).create('driver desk', ['viewer']);
    const url = `${service.running.url}/api/v1/sessions/${sessionId}/signed-data`;
    const file = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    expect(file.headers.get('content-type')).toMatch(/xml/);
    const xml = await file.text();
    expect(xml).toContain(
      Buffer.from(record('M-1').split('|').slice(0, 2).join('|')).toString('base64').slice(0, -4),
    );
    expect(xml).toContain('context="Transaction.End"');
    expect(story.indexOf('SignedDataVerified')).toBeLessThan(story.indexOf('SessionEnded'));
  });

  it('with a key that only came along is undecided, until somebody confirms the key', async () => {
    const admin = await service.operator('admin');
    const sessionId = await charged('M-2');
    await eventually(() =>
      expect(verdicts(sessionId)).toMatchObject([
        { verdict: 'undecided', codes: ['NO_PUBLIC_KEY'] },
      ]),
    );
    expect((await admin('GET', 'meters/M-2/keys')).body).toMatchObject({
      keys: [{ status: 'offered', publicKey: spkiOf(ours), curve: 'secp192k1' }],
    });
    await admin('PUT', 'meters/m-2/keys', { keys: [{ publicKey: spkiOf(ours) }] });
    const anew = () => admin('POST', `sessions/${sessionId}/signed-data/examine`);
    expect((await anew()).body).toMatchObject({ examined: 1, changed: 1 });
    expect((await anew()).body).toMatchObject({ examined: 1, changed: 0 });
    await eventually(() =>
      expect(verdicts(sessionId).at(-1)).toMatchObject({ verdict: 'verified', codes: [] }),
    );
  });

  it('is rejected by another key; a viewer registers none', async () => {
    const admin = await service.operator('admin');
    await admin('PUT', 'meters/M-3/keys', { keys: [{ publicKey: spkiOf(pair()) }] });
    const sessionId = await charged('M-3');
    await eventually(() =>
      expect(verdicts(sessionId)).toMatchObject([
        { verdict: 'rejected', codes: ['VERIFY_FAILED'] },
      ]),
    );
    const viewer = await service.operator('viewer');
    expect((await viewer('PUT', 'meters/M-3/keys', { keys: [] })).status).toBe(403);
    const wrong = { keys: [{ publicKey: 'abcd' }] };
    expect((await admin('PUT', 'meters/M-3/keys', wrong)).status).toBe(422);
  });
});
