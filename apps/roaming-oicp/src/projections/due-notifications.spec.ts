import { type SessionEvent } from '@voltledger/contracts';
import { energy, instant } from '@voltledger/kernel';
import { roamingAuthorization, roamingPlace } from '@voltledger/testing';
import { type Told, dueNotifications } from './due-notifications';
import { type RoamingSession, openedBy, roamingSession } from './roaming-session';

const sessionId = '0d4e2c0c-0000-4000-8000-000000000001' as RoamingSession['sessionId'];
const FIVE_MINUTES = 300_000;
const at = (time: string) => instant(`2026-05-04T${time}Z`);

const opened = (more: Partial<RoamingSession> = {}): RoamingSession => ({
  ...openedBy(
    { sessionId, startedAt: at('06:00:00'), place: roamingPlace(), meterStart: energy('1204') },
    roamingAuthorization().payer,
  )!,
  ...more,
});

const reading = (time: string, delivered: string): SessionEvent => ({
  type: 'MeterValueRecorded',
  data: {
    sessionId,
    measuredAt: at(time),
    register: energy('1204'),
    context: 'periodic',
    delivered: energy(delivered),
    offline: false,
  },
});
const charging = (time: string): SessionEvent => ({
  type: 'ChargingStateChanged',
  data: { sessionId, state: 'Charging', at: at(time) },
});
const ended = (time: string, delivered: string): SessionEvent => ({
  type: 'SessionEnded',
  data: { sessionId, endedAt: at(time), delivered: energy(delivered), reason: 'Local' },
});

/** What the EMP is told, event by event. */
function told(session: RoamingSession, ...events: SessionEvent[]): string[][] {
  let row = session;
  let known: Told = {};
  return events.map((event) => {
    row = roamingSession(row, event);
    const next = dueNotifications(row, known, FIVE_MINUTES);
    known = next.told;
    return next.due.map(({ kind }) => kind);
  });
}

describe('what an EMP is told', () => {
  it('OICP-E2E-07 nothing of a session that somebody else pays for', () => {
    expect(openedBy({ sessionId, startedAt: at('06:00:00') }, { kind: 'own' })).toBeUndefined();
    expect(openedBy({ sessionId, startedAt: at('06:00:00') }, undefined)).toBeUndefined();
  });

  it('OICP-NTF-02 that charging starts when energy flows, not when the session does', () => {
    expect(told(opened(), reading('06:00:30', '0'), charging('06:01:00'))).toEqual([[], ['start']]);
    expect(told(opened(), reading('06:01:00', '0.01'))).toEqual([['start']]);
  });

  it('OICP-NTF-03 how it goes, no sooner than five minutes apart', () => {
    const readings = ['06:01:00', '06:05:59', '06:06:00', '06:10:59', '06:11:00'];
    const events = readings.map((time, index) => reading(time, `0.${String(index + 1)}`));
    expect(told(opened(), charging('06:01:00'), ...events)).toEqual([
      ['start'],
      [],
      [],
      ['progress'],
      [],
      ['progress'],
    ]);
  });

  it('22.9 that charging ended, after two minutes without energy, and only once', () => {
    const events = [
      charging('06:01:00'),
      reading('06:02:00', '0.5'),
      reading('06:03:59', '0.5'),
      reading('06:04:00', '0.5'),
      reading('06:10:00', '0.5'),
      ended('06:20:00', '0.5'),
    ];
    expect(told(opened(), ...events)).toEqual([['start'], [], [], ['end'], [], []]);
  });

  it('OICP-NTF-10 the end of a session in which energy never flowed', () => {
    expect(told(opened(), ended('06:20:00', '0'))).toEqual([['end']]);
  });

  it('OICP-NTF-01 start and end in order when the station told everything at once', () => {
    expect(told(opened(), ended('06:20:00', '14.6'))).toEqual([['start', 'end']]);
  });

  it('nothing before the station says at which EVSE, then what is due', () => {
    const placed: SessionEvent = {
      type: 'SessionPlaced',
      data: { sessionId, place: roamingPlace() },
    };
    const nowhere = opened({ place: undefined });
    expect(told(nowhere, charging('06:01:00'), placed)).toEqual([[], ['start']]);
  });
});

describe('a roaming session', () => {
  it('22.9 charges from the reading before energy was first seen', () => {
    const row = [reading('06:01:00', '0'), reading('06:02:00', '0.4')].reduce(
      roamingSession,
      opened(),
    );
    expect(row).toMatchObject({ chargingStart: at('06:01:00'), energyAt: at('06:02:00') });
  });

  it('keeps the moment of the last energy, not of the last reading', () => {
    const row = [reading('06:02:00', '0.4'), reading('06:30:00', '0.4')].reduce(
      roamingSession,
      opened(),
    );
    expect(row).toMatchObject({ energyAt: at('06:02:00'), measuredAt: at('06:30:00') });
  });
});
