import { checkEvses } from './location-draft';

const evse = (evseUid: string, stationEvse = 1, stationId = 'CS1') => ({
  evseUid,
  stationId,
  stationEvse,
});
const known = (evseUid: string, locationId: string, fixed: 'REMOVED' | null = null) => ({
  ...evse(evseUid),
  locationId,
  fixed,
});

describe('the EVSEs of a location', () => {
  it('may be new, or its own', () => {
    expect(() => {
      checkEvses('HERE', [evse('A'), evse('B', 2)], [known('A', 'HERE')]);
    }).not.toThrow();
  });

  it('belong to one location only', () => {
    expect(() => {
      checkEvses('HERE', [evse('A')], [known('A', 'THERE')]);
    }).toThrow(expect.objectContaining({ code: 'EVSE_ELSEWHERE' }));
  });

  it('do not share a number of a station, unless the other was removed', () => {
    const taken = expect.objectContaining({ code: 'STATION_EVSE_TAKEN' });
    expect(() => {
      checkEvses('HERE', [evse('A'), evse('B')], []);
    }).toThrow(taken);
    expect(() => {
      checkEvses('HERE', [evse('A')], [known('X', 'THERE')]);
    }).toThrow(taken);
    expect(() => {
      checkEvses('HERE', [evse('A')], [known('X', 'THERE', 'REMOVED')]);
    }).not.toThrow();
  });
});
