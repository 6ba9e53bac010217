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
