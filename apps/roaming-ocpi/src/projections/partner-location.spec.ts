import { type Location, type LocationEvent } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import { sampleLocation } from '@voltledger/testing';
import { hasValidEvse, partnerLocation } from './partner-location';

const at = (time: string) => instant(`2026-03-05T${time}:00Z`);
const changed = (location: Location): LocationEvent => ({
  type: 'LocationChanged',
  data: { location },
});
const status = (evseUid: string, to: 'CHARGING' | 'AVAILABLE'): LocationEvent => ({
  type: 'EvseStatusChanged',
  data: {
    locationId: sampleLocation(1).locationId,
    ...{ evseUid, evseId: 'DE*VLT*E0001*1', status: to, at: at('09:00') },
  },
});

/** Tells the events in order, at 10:00, 11:00, … */
const told = (...events: LocationEvent[]) =>
  events.reduce<ReturnType<typeof partnerLocation>>(
    (row, event, index) => partnerLocation(row, { event, recordedAt: at(`${10 + index}:00`) }),
    undefined,
  )!;

const times = ({ updatedAt, evses }: ReturnType<typeof told>) => ({
  location: updatedAt.slice(11, 16),
  evses: evses.map((evse) => [
    evse.updatedAt.slice(11, 16),
    ...evse.connectors.map((each) => each.updatedAt.slice(11, 16)),
  ]),
});

it('bumps EVSE and location for a status, and not the connector (OCPI-LOC-08)', () =>
  expect(times(told(changed(sampleLocation(2)), status('EVSE-0001', 'CHARGING')))).toEqual({
    location: '11:00',
    evses: [
      ['11:00', '10:00'],
      ['10:00', '10:00'],
    ],
  }));

it('bumps connector, EVSE and location for a connector (OCPI-LOC-08)', () => {
  const [first, second] = sampleLocation(2).evses;
  const connectors = first!.connectors.map((each) => ({ ...each, maxAmperage: 400 }));
  const weaker = { ...sampleLocation(2), evses: [{ ...first!, connectors }, second!] };
  expect(times(told(changed(sampleLocation(2)), changed(weaker)))).toEqual({
    location: '11:00',
    evses: [
      ['11:00', '11:00'],
      ['10:00', '10:00'],
    ],
  });
});

it('changes nothing when nothing changed, whoever says it again (OCPI-TYP-31)', () => {
  const row = told(changed(sampleLocation(2)));
  const again = { ...sampleLocation(2), updatedAt: at('09:59') };
  expect(partnerLocation(row, { event: changed(again), recordedAt: at('12:00') })).toBe(row);
  expect(
    partnerLocation(row, { event: status('EVSE-0001', 'AVAILABLE'), recordedAt: at('12:00') }),
  ).toBe(row);
});

it('keeps an EVSE that is gone as REMOVED: there is no delete (OCPI-LOC-10)', () => {
  const row = told(changed(sampleLocation(2)), changed(sampleLocation(1)));
  expect(row.evses.map(({ evseUid, status: is }) => [evseUid, is])).toEqual([
    ['EVSE-0001', 'AVAILABLE'],
    ['EVSE-0002', 'REMOVED'],
  ]);
  expect(hasValidEvse(row)).toBe(true);
  const none = told(changed(sampleLocation(1)), changed({ ...sampleLocation(1), evses: [] }));
  expect(hasValidEvse(none)).toBe(false);
});

it('knows nothing of a location it was only told the status of', () =>
  expect(
    partnerLocation(undefined, { event: status('EVSE-0001', 'CHARGING'), recordedAt: at('10:00') }),
  ).toBeUndefined());
