import { UnsupportedMediaTypeException } from '@nestjs/common';
import { type FastifyAdapter } from '@nestjs/platform-fastify';

type Parsed = (error: Error | null, body?: unknown) => void;
interface Arriving {
  readonly url: string;
}

const startsWithAny = (url: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => url.startsWith(prefix));

/**
 * Bodies are JSON, and nothing else is read (415). Under a raw prefix the text is handed over as it
 * came, whatever it claims to be: a protocol with its own error answers reads it itself.
 *
 * An empty body is no body: clients send `content-type: application/json` with a bare DELETE.
 */
export function readBodies(adapter: FastifyAdapter, rawPrefixes: readonly string[]): void {
  const server = adapter.getInstance();
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request: Arriving, text: string, done: Parsed) => {
      if (startsWithAny(request.url, rawPrefixes)) done(null, text);
      else if (text === '') done(null, undefined);
      else void parseJson(request as never, text, done as never);
    },
  );
  server.addContentTypeParser(
    '*',
    { parseAs: 'string' },
    (request: Arriving, text: string, done: Parsed) => {
      if (startsWithAny(request.url, rawPrefixes)) done(null, text);
      else if (text === '') done(null, undefined);
      else done(new UnsupportedMediaTypeException('The body must be application/json.'));
    },
  );
}
