import { sampleLocation } from '@voltledger/testing';
import { type RoamingLocation } from '../shared/roaming-objects';
import { v221 } from '.';

const location = (): RoamingLocation => {
  const given = sampleLocation(2);
  const evses = given.evses.map((evse) => ({
    ...evse,
    connectors: evse.connectors.map((each) => ({ ...each, updatedAt: given.updatedAt })),
  }));
  return { ...given, evses };
};

it('tells a location with its EVSEs and connectors (OCPI-LOC-01, OCPI-LOC-18, OCPI-LOC-19)', () =>
  expect(v221.location(location())).toMatchObject({
    country_code: 'DE',
    party_id: 'VLT',
    id: 'HARBOUR',
    country: 'DEU',
    time_zone: 'Europe/Berlin',
    coordinates: { latitude: '53.54321', longitude: '9.98765' },
    evses: [
      { uid: 'EVSE-0001', connectors: [{ id: '1', max_voltage: 920, tariff_ids: ['STANDARD'] }] },
      { uid: 'EVSE-0002' },
    ],
    last_updated: '2026-01-01T00:00:00Z',
  }));

it('leaves out an EVSE whose plug 2.2.1 has no word for, and keeps the others', () => {
  const { evses, ...rest } = location();
  const [first, second] = evses as [RoamingLocation['evses'][0], RoamingLocation['evses'][0]];
  const megawatt = first.connectors.map((each) => ({ ...each, standard: 'MCS' }));
  const told = v221.location({ ...rest, evses: [{ ...first, connectors: megawatt }, second] });
  expect(told).toMatchObject({ evses: [{ uid: 'EVSE-0002' }] });
});

it('drops a capability that 2.2.1 does not know, not the EVSE (OCPI-TYP-22)', () => {
  const evse = { ...location().evses[0]!, capabilities: ['RFID_READER', 'TELEPATHY'] };
  expect(v221.evse(evse)).toMatchObject({ capabilities: ['RFID_READER'] });
});

it("tells an EVSE's new status with its time, and nothing else (OCPI-TYP-26)", () =>
  expect(v221.evseStatus({ ...location().evses[0]!, status: 'CHARGING' })).toEqual({
    status: 'CHARGING',
    last_updated: '2026-01-01T00:00:00Z',
  }));
