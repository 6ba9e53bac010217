import { type StartableLocation, startTarget } from './start-target';

type Evse = StartableLocation['evses'][number];

const evse = (evseUid: string, changes: Partial<Evse> = {}): Evse => ({
  ...{ evseUid, stationId: `station of ${evseUid}`, status: 'AVAILABLE', capabilities: [] },
  connectors: [{ connectorId: '1' }],
  ...changes,
});
const one: StartableLocation = { evses: [evse('E1')] };
const two: StartableLocation = { evses: [evse('E1'), evse('E2')] };
const needsConnector: StartableLocation = {
  evses: [evse('E1', { capabilities: ['START_SESSION_CONNECTOR_REQUIRED'] })],
};

it('is the EVSE that is named, whatever the case (OCPI-TYP-01)', () =>
  expect(startTarget(two, { evseUid: 'e2' })).toEqual({
    ...{ outcome: 'found', evseUid: 'E2', stationId: 'station of E2' },
  }));

it('is the only EVSE of a location when none is named (OCPI-CMD-17)', () => {
  expect(startTarget(one, {})).toMatchObject({ outcome: 'found', evseUid: 'E1' });
  const removed = { evses: [evse('E1'), evse('E0', { status: 'REMOVED' })] };
  expect(startTarget(removed, {})).toMatchObject({ outcome: 'found', evseUid: 'E1' });
});

it('is not guessed among several', () =>
  expect(startTarget(two, {})).toMatchObject({ outcome: 'refused' }));

it.each([
  ['an unknown location', undefined, { evseUid: 'E1' }],
  ['an unknown EVSE', one, { evseUid: 'E9' }],
  ['an EVSE that is gone', { evses: [evse('E1', { status: 'REMOVED' })] }, { evseUid: 'E1' }],
  ['an unknown connector', one, { evseUid: 'E1', connectorId: '9' }],
])('%s is unknown (OCPI-CMD-12)', (_, location, wish) =>
  expect(startTarget(location, wish)).toMatchObject({ outcome: 'unknown' }),
);

it('needs the connector where the EVSE says so (OCPI-CMD-17)', () => {
  expect(startTarget(needsConnector, { evseUid: 'E1' })).toMatchObject({ outcome: 'refused' });
  expect(startTarget(needsConnector, { evseUid: 'E1', connectorId: '1' })).toMatchObject({
    outcome: 'found',
  });
});
