import { randomBytes } from 'node:crypto';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { ApiKeys, type RunningServices, startServices } from '@voltledger/platform';
import {
  type TestDatabase,
  createTestDatabase,
  everyRouteAsAStranger,
  tooFriendly,
} from '@voltledger/testing';
import { financeService } from '../apps/finance/src/app.module';
import { SERVICES } from '../apps/all-in-one/src/services';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let store: TestDatabase;
let running: RunningServices;
let document: Document;
beforeAll(async () => {
  store = await createTestDatabase();
  const environment = {
    DATABASE_URL: store.url,
    HTTP_PORT: '0',
    OCPP_PORT: '0',
    LOG_LEVEL: 'silent',
    OCPI_SECRET_KEY: randomBytes(32).toString('base64'),
  };
  running = await startServices([...SERVICES, financeService], { environment });
  document = (await (await fetch(`${running.url}/api/openapi.json`)).json()) as Document;
});
afterAll(async () => {
  await running.close();
  await store.close();
});

const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));

/** Every schema below `part`, wherever it is used. */
function schemasIn(part: unknown): object[] {
  if (part === null || typeof part !== 'object') return [];
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) =>
    name === 'schema' ? [value as object] : schemasIn(value),
  );
}

it('turns strangers away from every route of every service, viewers from every change', async () => {
  const { key } = await running.app.get(ApiKeys).create('viewer', ['viewer']);
  const encounters = await everyRouteAsAStranger(running.app, key);
  expect(encounters.length).toBeGreaterThan(60);
  expect(tooFriendly(encounters)).toEqual([]);
});

it('describes every operation with the answers to a wrong key and a wrong role', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(operations().length).toBeGreaterThan(20);
  for (const { operationId, responses } of operations())
    expect([operationId, Object.keys(responses)]).toEqual([
      operationId,
      expect.arrayContaining(['401', '403', '500']),
    ]);
});

it('describes bodies and answers with schemas that a validator takes, and no dangling reference', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  const used = [...schemasIn(document.paths), ...Object.values(document.components.schemas)];
  const located = JSON.parse(
    JSON.stringify(used).replaceAll('"#/components/', '"document#/components/'),
  ) as object[];
  for (const schema of located) expect(() => ajv.compile(schema)).not.toThrow();
});
