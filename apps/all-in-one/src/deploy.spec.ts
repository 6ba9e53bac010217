import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { collectProcessMetrics, metricsRegistry, settingsHelp } from '@voltledger/platform';
import { SERVICES } from './services';

const ROOT = path.resolve(__dirname, '../../..');
const read = (...file: string[]): string => readFileSync(path.join(ROOT, ...file), 'utf8');
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules'))
    .map((file) => path.join(folder, file));
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** A part of a YAML file: what is indented below `key:` at this depth. */
function below(text: string, key: string, depth: number): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`${' '.repeat(depth)}${key}:`));
  if (from < 0) throw new Error(`no ${key}`);
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => /\S/.test(line) && line.search(/\S/) <= depth);
  return [lines[from], ...(end < 0 ? rest : rest.slice(0, end))].join('\n');
}

const settingNames = (text: string): string[] =>
  matches(text.replaceAll(/#.*$/gm, ''), /(?:^|[\s{,])([A-Z][A-Z0-9_]{3,}):\s/gm);
const settingsOf = new Map(
  SERVICES.map((service) => [
    service.name,
    new Set([...matches(settingsHelp(service), /^ {2}([A-Z][A-Z0-9_]+)/gm), 'ADMIN_API_KEY']),
  ]),
);
const compose = read('docker-compose.yml');
const chart = filesIn('deploy/chart', '.yaml').filter((file) => file.includes('values'));

describe.each([...settingsOf])('%s, as it is deployed', (name, known) => {
  it('has only settings that it reads, in docker-compose.yml', () => {
    const given = [
      ...settingNames(below(compose, 'x-environment', 0)),
      ...settingNames(below(compose, name, 2)),
    ];
    expect(given).toContain('KURRENTDB_URL');
    expect(given.filter((setting) => !known.has(setting))).toEqual([]);
  });

  it('has only settings that it reads, in the values of the chart', () => {
    for (const file of chart) {
      const values = read(file);
      const common = ['settings', 'secrets']
        .filter((key) => values.includes(`\n${key}:`))
        .flatMap((key) => settingNames(below(values, key, 0)));
      const own = values.includes(`\n  ${name}:`) ? settingNames(below(values, name, 2)) : [];
      const given = [...common, ...own];
      expect(given.filter((setting) => !known.has(setting))).toEqual([]);
    }
  });

  it('is started by its main, asked for its health, and not told to go without', () => {
    const part = below(compose, name, 2);
    expect(part).toContain(`dist/apps/${name}/src/main.js`);
    expect(part).toContain('<<: *service');
    expect(part).not.toContain('healthcheck');
    expect(below(read('deploy/chart/values.yaml'), name, 2)).toContain('scaleOn:');
  });
});

it('asks for the health of every service, in the image and in the chart', () => {
  expect(read('Dockerfile')).toMatch(/HEALTHCHECK[^]*deploy\/healthcheck\.mjs/);
  expect(read('deploy/healthcheck.mjs')).toContain('/health/ready');
  const deployments = read('deploy/chart/templates/deployments.yaml');
  expect(deployments).toMatch(/livenessProbe:\s+httpGet: \{ path: \/health\/live/);
  expect(deployments).toMatch(/readinessProbe:\s+httpGet: \{ path: \/health\/ready/);
});

it('sends each path of the API to the service that answers it', () => {
  const routes = read('deploy/edge/nginx.conf');
  const paths = filesIn('apps', '.controller.ts')
    .filter((file) => !file.startsWith('apps/finance'))
    .flatMap((file) =>
      matches(read(file), /@OperatorApi\('([^']+)'/g).map((api) => {
        const [, service = ''] = file.split(path.sep);
        return [`/api/v1/${api.replaceAll(/:\w+/g, 'x')}`, service] as const;
      }),
    );
  expect(paths.length).toBeGreaterThan(15);
  const rules = [...routes.matchAll(/~(\^\S+) ([a-z-]+);/g)].map(
    ([, pattern = '', service]) => [new RegExp(pattern), service] as const,
  );
  const wrong = paths.filter(
    ([api, service]) => rules.find(([pattern]) => pattern.test(api))?.[1] !== service,
  );
  expect(wrong).toEqual([]);
});

describe('what is watched', () => {
  collectProcessMetrics();
  const standard = metricsRegistry.getMetricsAsArray().map(({ name }) => name);
  const sources = [...filesIn('apps', '.ts'), ...filesIn('libs', '.ts')];
  const ours = sources
    .filter((file) => !file.endsWith('.spec.ts'))
    .flatMap((file) =>
      matches(read(file), /\b(?:counter|gauge|histogram)(?:<[^>]*>)?\(\{\s*name: '(\w+)'/g),
    )
    .map((name) => `voltledger_${name}`);
  const known = new Set([...ours, ...standard]);
  const scaledOn = matches(read('deploy/chart/values.yaml'), /metric: (\w+)/g);

  it.each([...filesIn('deploy/grafana/dashboards', '.json'), 'deploy/prometheus/rules.yml'])(
    'is exported by the code: %s',
    (file) => {
      const asked = matches(read(file), /\b((?:voltledger|process|nodejs)_[a-z0-9_]+)\b/g)
        .map((name) => (known.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, '')))
        .filter((name) => !['voltledger_network', 'voltledger_platform'].includes(name));
      expect(asked.length).toBeGreaterThan(5);
      expect(asked.filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it('is exported by the code: what the chart scales on', () => {
    expect(scaledOn.length).toBeGreaterThanOrEqual(SERVICES.length);
    expect(scaledOn.filter((name) => !known.has(name))).toEqual([]);
  });
});
