import { instant } from '@voltledger/kernel';
import { v16 } from '.';

const sessionId = '5c0e1c1e-3f7a-4a6b-9c1d-000000000001' as never;

describe('OCPP 1.6, commands', () => {
  const command = {
    stationId: 'CS1' as never,
    commandId: sessionId,
    until: instant('2026-03-05T11:00:00Z'),
  };

  it('OCPP-1.6-TX-14: starts by RemoteStartTransaction', () => {
    const call = v16.startCharging({
      ...command,
      remoteStartId: 5,
      token: { uid: 'ABC', type: 'APP_USER' },
      stationEvse: 2,
    });
    expect(call).toEqual({
      action: 'RemoteStartTransaction',
      payload: { idTag: 'ABC', connectorId: 2 },
    });
    expect(v16.schemas.checkRequest(call.action, call.payload)).toBeUndefined();
  });

  it('OCPP-J-RPC-07: a token that does not fit 1.6 is found before it is sent', () => {
    const { action, payload } = v16.startCharging({
      ...command,
      remoteStartId: 5,
      token: { uid: 'x'.repeat(21), type: 'APP_USER' },
    });
    expect(v16.schemas.checkRequest(action, payload)).toMatchObject({ fault: 'property' });
  });

  it('OCPP-1.6-TX-15: stops by the number we gave', () => {
    expect(v16.stopCharging({ ...command, sessionId, transactionId: '12' })).toEqual({
      action: 'RemoteStopTransaction',
      payload: { transactionId: 12 },
    });
    expect(v16.stopCharging({ ...command, sessionId, transactionId: 'uuid' })).toBeUndefined();
  });
});

describe('OCPP 1.6, passwords', () => {
  const change = (key: string) => ({
    action: 'ChangeConfiguration',
    payload: { key, value: '0123456789ABCDEF0123456789ABCDEF' },
  });

  it('OCPP-J-SEC-11: AuthorizationKey is the password, and counts once the station took it', () => {
    expect(v16.newPassword(change('AuthorizationKey'))).toBe('0123456789ABCDEF0123456789ABCDEF');
    expect(v16.newPassword(change('HeartbeatInterval'))).toBeUndefined();
    expect(v16.tookPassword({ status: 'Accepted' })).toBe(true);
    expect(v16.tookPassword({ status: 'Rejected' })).toBe(false);
  });
});
