import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { fetchJson } from './fetch-json';

const policy = { allowPrivate: true };
type Handle = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let handle: Handle;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const echo: Handle = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, headers } = request;
    response
      .setHeader('x-answer', '1')
      .end(JSON.stringify({ method, headers, body: Buffer.concat(chunks).toString() }));
  });
};

describe('a request to somebody else', () => {
  it('sends JSON and reads the answer', async () => {
    handle = echo;
    const headers = { authorization: 'Token abc' };
    const answer = await fetchJson({ url, method: 'PUT', body: { a: 1 }, headers, policy });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'x-answer': '1' },
      body: {
        method: 'PUT',
        body: '{"a":1}',
        headers: { authorization: 'Token abc', 'content-type': 'application/json' },
      },
    });
  });

  it('keeps the text of an answer that is no JSON', async () => {
    handle = (_, response) => response.writeHead(502).end('<html>');
    expect(await fetchJson({ url, policy })).toMatchObject({ status: 502, text: '<html>' });
    expect((await fetchJson({ url, policy })).body).toBeUndefined();
  });

  it('follows no redirect', async () => {
    handle = (_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    expect(await fetchJson({ url, policy })).toMatchObject({ status: 302 });
  });

  it('is given up when it takes too long, also in the middle of the answer', async () => {
    handle = (_, response) => response.write('{');
    const late = fetchJson({ url, timeoutMs: 100, policy });
    await expect(late).rejects.toMatchObject({ name: 'NoAnswer', reason: 'timeout' });
  });

  it('is given up when asked to', async () => {
    handle = () => undefined;
    const abort = new AbortController();
    const given = fetchJson({ url, signal: abort.signal, policy });
    abort.abort();
    await expect(given).rejects.toMatchObject({ reason: 'aborted' });
  });

  it('takes no more than is allowed', async () => {
    handle = (_, response) => response.end('x'.repeat(100_000));
    const large = fetchJson({ url, answerBytesMax: 1_000, policy });
    await expect(large).rejects.toMatchObject({ reason: 'too-large' });
  });

  it('says that nobody is there', async () => {
    const nobody = fetchJson({ url: 'http://127.0.0.1:1/', policy });
    await expect(nobody).rejects.toMatchObject({ reason: 'broken' });
  });

  it('goes nowhere the policy refuses, by address or by name', async () => {
    handle = echo;
    const strict = { allowPrivate: false };
    await expect(fetchJson({ url, policy: strict })).rejects.toMatchObject({
      code: 'OUTBOUND_URL_REFUSED',
    });
    const byName = url.replace('127.0.0.1', 'localhost');
    await expect(fetchJson({ url: byName, policy: strict })).rejects.toMatchObject({
      code: 'OUTBOUND_URL_REFUSED',
    });
  });
});
