import { instant } from '@voltledger/kernel';
import { v201 } from '.';

const timestamp = '2026-03-05T11:00:00Z';
const at = instant(timestamp);

function report(action: string, payload: object): Record<string, unknown> {
  expect(v201.schemas.checkRequest(action, payload)).toBeUndefined();
  return v201.inbound.get(action)!.read(payload) as Record<string, unknown>;
}

function answer(action: string, canonical: object): unknown {
  const payload = v201.inbound.get(action)!.write(canonical as never);
  expect(v201.schemas.checkResponse(action, payload)).toBeUndefined();
  return payload;
}

describe('OCPP 2.0.1, status and notices', () => {
  it.each([
    ['Available', 'AVAILABLE'],
    ['Occupied', 'CHARGING'],
    ['Reserved', 'RESERVED'],
    ['Unavailable', 'INOPERATIVE'],
    ['Faulted', 'OUTOFORDER'],
  ])('OCPP-2.0.1-STAT-01: %s is %s in public', (connectorStatus, status) =>
    expect(
      report('StatusNotification', { timestamp, connectorStatus, evseId: 1, connectorId: 2 }),
    ).toEqual({ evse: 1, connector: 2, status, reported: connectorStatus, at, detail: {} }),
  );

  it('OCPP-2.1-STAT-01, OCPP-2.0.1-MON-02: an AvailabilityState event is a status too', () => {
    const eventData = [
      {
        eventId: 1,
        timestamp,
        trigger: 'Delta',
        actualValue: 'Faulted',
        eventNotificationType: 'HardWiredNotification',
        component: { name: 'Connector', evse: { id: 1, connectorId: 2 } },
        variable: { name: 'AvailabilityState' },
      },
      {
        eventId: 2,
        timestamp,
        trigger: 'Alerting',
        actualValue: '91',
        eventNotificationType: 'CustomMonitor',
        component: { name: 'EVSE', evse: { id: 1 } },
        variable: { name: 'Temperature' },
      },
    ];
    expect(
      report('NotifyEvent', { generatedAt: timestamp, seqNo: 0, eventData })['statuses'],
    ).toEqual([
      { evse: 1, connector: 2, status: 'OUTOFORDER', reported: 'Faulted', at, detail: {} },
    ]);
  });

  it('OCPP-2.0.1-DM-02: names each variable of a report', () => {
    const reportData = [
      {
        component: { name: 'Connector', instance: 'a', evse: { id: 1, connectorId: 2 } },
        variable: { name: 'Available', instance: 'x' },
        variableAttribute: [{ value: 'true' }],
      },
    ];
    const sent = { requestId: 1, generatedAt: timestamp, seqNo: 0, reportData };
    expect(report('NotifyReport', sent)['variables']).toEqual([
      {
        component: 'Connector[a]@1.2',
        variable: 'Available[x]',
        told: { variableAttribute: [{ value: 'true' }] },
      },
    ]);
    expect(answer('NotifyReport', {})).toEqual({});
  });

  it('reads a boot', () => {
    const chargingStation = {
      model: 'M',
      vendorName: 'V',
      firmwareVersion: '1',
      modem: { iccid: '8' },
    };
    expect(report('BootNotification', { chargingStation, reason: 'PowerUp' })).toEqual({
      vendor: 'V',
      model: 'M',
      firmwareVersion: '1',
      iccid: '8',
      reason: 'PowerUp',
    });
  });
});
