import { at, sampleLocation } from '@voltledger/testing';
import { brokerLocation } from './broker-location';

const location = sampleLocation(2);
const [first] = location.evses;
const { locationId } = location;
const { evseId, evseUid } = first!;
const status = (minute: string, name: 'CHARGING' | 'OUTOFORDER') =>
  ({
    type: 'EvseStatusChanged',
    data: { locationId, evseId, evseUid, status: name, at: at(minute) },
  }) as const;

it('takes a location whole, and then the statuses of its EVSEs', () => {
  const known = brokerLocation(undefined, { type: 'LocationChanged', data: { location } });
  const charging = brokerLocation(known, status('23:10', 'CHARGING'));
  expect(charging?.evses.map((evse) => evse.status)).toEqual([
    'CHARGING',
    location.evses[1]!.status,
  ]);
});

it('lets the newest status count, by the station’s own time (OICP-STA-08)', () => {
  const charging = brokerLocation(location, status('23:10', 'CHARGING'));
  expect(brokerLocation(charging, status('23:05', 'OUTOFORDER'))).toBe(charging);
});

it('knows nothing of an EVSE before its location', () =>
  expect(brokerLocation(undefined, status('23:10', 'CHARGING'))).toBeUndefined());
