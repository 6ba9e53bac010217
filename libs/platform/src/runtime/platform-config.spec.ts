import { ConfigurationError } from '../config';
import { platformConfigFrom } from './platform-config';

const withRetention = (BUS_RETENTION_DAYS?: string) =>
  platformConfigFrom({ DATABASE_URL: 'postgres://localhost/voltledger', BUS_RETENTION_DAYS })
    .retention;

it('keeps what projections are rebuilt from for good, unless told otherwise', () =>
  expect(withRetention()).toEqual({ 'station.events.v1': 90, 'station.commands.v1': 7 }));

it('takes days per topic, or none', () => {
  expect(withRetention('station.events.v1=3')).toEqual({ 'station.events.v1': 3 });
  expect(withRetention('none')).toEqual({});
});

it.each(['station.events.v1', 'station.events.v1=0', 'station.events.v1=soon', '=5'])(
  'refuses %j and names the setting',
  (setting) => {
    expect(() => withRetention(setting)).toThrow(ConfigurationError);
    expect(() => withRetention(setting)).toThrow(/BUS_RETENTION_DAYS.*: must be topics with days/);
  },
);

const withKafka = (settings: Record<string, string>) =>
  platformConfigFrom({ DATABASE_URL: 'postgres://localhost/voltledger', ...settings }).kafka;

it('lets messages travel over PostgreSQL, unless brokers are named', () => {
  expect(withKafka({})).toBeUndefined();
  expect(withKafka({ KAFKA_BROKERS: '' })).toBeUndefined();
  expect(withKafka({ KAFKA_BROKERS: 'one:9092, two:9092' })).toMatchObject({
    brokers: ['one:9092', 'two:9092'],
    prefix: '',
    partitions: 16,
  });
});

it.each([
  ['KAFKA_BROKERS', 'somewhere'],
  ['KAFKA_TOPIC_PREFIX', 'a b'],
  ['KAFKA_PARTITIONS', '65'],
  ['KAFKA_SASL_MECHANISM', 'magic'],
])('refuses %s=%s and names it', (name, value) =>
  expect(() => withKafka({ KAFKA_BROKERS: 'one:9092', [name]: value })).toThrow(name),
);
