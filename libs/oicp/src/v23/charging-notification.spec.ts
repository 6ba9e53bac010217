import { energy, instant } from '@voltledger/kernel';
import {
  endNotificationOf,
  errorNotificationOf,
  progressNotificationOf,
  startNotificationOf,
} from './charging-notification';

const session = {
  operatorId: 'DE*VLT',
  oicpSessionId: '5b1c6f0e-7d2a-4a53-9a51-0c7be0d1f2a3',
  cpoPartnerSessionId: 'ours',
  empPartnerSessionId: 'theirs',
  driver: { kind: 'remote', evcoId: 'DE-T02-C12345678-S' },
  evseId: 'de*vlt*e0001*1',
  timeZone: 'Europe/Berlin',
  startedAt: instant('2026-05-04T06:00:00.250Z'),
  chargingStart: instant('2026-05-04T06:00:21.999Z'),
  meterStart: energy('1204.3104'),
} as const;

const common = {
  SessionID: session.oicpSessionId,
  CPOPartnerSessionID: 'ours',
  EMPPartnerSessionID: 'theirs',
  Identification: { RemoteIdentification: { EvcoID: 'DE-T02-C12345678-S' } },
  EvseID: 'DE*VLT*E0001*1',
  OperatorID: 'DE*VLT',
};

describe('charging notifications', () => {
  it('OICP-NTF-02 OICP-SES-07 OICP-TRN-13 tells that energy flows', () => {
    expect(startNotificationOf(session)).toEqual({
      Type: 'Start',
      ...common,
      SessionStart: '2026-05-04T08:00:00+02:00',
      ChargingStart: '2026-05-04T08:00:21+02:00',
      MeterValueStart: 1204.31,
    });
  });

  it('OICP-NTF-04 OICP-NTF-05 counts milliseconds and kWh since the start of charging', () => {
    const at = instant('2026-05-04T06:10:21.001Z');
    expect(progressNotificationOf(session, { at, delivered: energy('2.1184') })).toMatchObject({
      Type: 'Progress',
      EventOccurred: '2026-05-04T08:10:21+02:00',
      ChargingDuration: 600_000,
      ConsumedEnergyProgress: 2.118,
    });
  });

  it('OICP-NTF-06 tells that energy stopped, whether or not the session is over', () => {
    const ended = { chargingEnd: instant('2026-05-04T07:10:05Z'), delivered: energy('14.642') };
    const parked = endNotificationOf(session, ended);
    expect(parked).toMatchObject({
      Type: 'End',
      ChargingEnd: '2026-05-04T09:10:05+02:00',
      ConsumedEnergy: 14.642,
    });
    expect(parked.SessionEnd).toBeUndefined();
    const over = endNotificationOf(session, {
      ...ended,
      sessionEnd: instant('2026-05-04T07:14:40Z'),
    });
    expect(over).toHaveProperty('SessionEnd', '2026-05-04T09:14:40+02:00');
  });

  it('OICP-NTF-10 ends a session in which energy never flowed', () => {
    const { chargingStart: _never, ...idle } = session;
    const ended = { chargingEnd: idle.startedAt, delivered: energy('0') };
    expect(endNotificationOf(idle, ended).ChargingStart).toBeUndefined();
  });

  it('OICP-NTF-08 tells of an error, in at most 250 characters', () => {
    expect(errorNotificationOf(session, 'CriticalError', 'x'.repeat(300))).toEqual({
      Type: 'Error',
      ...common,
      ErrorType: 'CriticalError',
      ErrorAdditionalInfo: 'x'.repeat(250),
    });
  });
});
