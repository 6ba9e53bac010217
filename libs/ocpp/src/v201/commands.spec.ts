import { instant } from '@voltledger/kernel';
import { v201 } from '.';

describe('OCPP 2.0.1, commands', () => {
  const command = {
    stationId: 'CS1' as never,
    commandId: '5c0e1c1e-3f7a-4a6b-9c1d-000000000001',
    until: instant('2026-03-05T11:00:00Z'),
  };

  it('OCPP-2.0.1-TX-15: starts with an id of its own', () => {
    const call = v201.startCharging({
      ...command,
      remoteStartId: 5,
      token: { uid: 'ABC', type: 'APP_USER' },
      stationEvse: 2,
    });
    expect(call).toEqual({
      action: 'RequestStartTransaction',
      payload: { remoteStartId: 5, evseId: 2, idToken: { idToken: 'ABC', type: 'Central' } },
    });
    expect(v201.schemas.checkRequest(call.action, call.payload)).toBeUndefined();
  });

  it('OCPP-2.0.1-TX-16: stops by the id of the station', () => {
    const sessionId = command.commandId as never;
    expect(v201.stopCharging({ ...command, sessionId, transactionId: 'tx-1' })).toEqual({
      action: 'RequestStopTransaction',
      payload: { transactionId: 'tx-1' },
    });
  });

  it('OCPP-2.0.1-BOOT-01: knows what a pending station may send because we asked', () => {
    expect(v201.openBeforeAcceptance('BootNotification')).toBe(true);
    expect(v201.openBeforeAcceptance('StatusNotification')).toBe(false);
    const trigger = (requestedMessage: string) =>
      v201.invitedBy({ action: 'TriggerMessage', payload: { requestedMessage } });
    expect(trigger('StatusNotification')).toEqual(['StatusNotification']);
    expect(trigger('SignV2GCertificate')).toEqual(['SignCertificate']);
    expect(v201.invitedBy({ action: 'GetBaseReport', payload: {} })).toEqual(['NotifyReport']);
    expect(v201.invitedBy({ action: 'Reset', payload: {} })).toEqual([]);
  });

  it('OCPP-J-SEC-03, CONN-02: an identity has no colon and at most 48 characters', () => {
    expect(v201.allowsIdentity('CS-1')).toBe(true);
    expect(v201.allowsIdentity('CS:1')).toBe(false);
    expect(v201.allowsIdentity('x'.repeat(49))).toBe(false);
  });
});

describe('OCPP 2.0.1, passwords', () => {
  const component = { name: 'SecurityCtrlr' };
  const variable = { name: 'BasicAuthPassword' };

  it('OCPP-J-SEC-11: BasicAuthPassword is the password, and counts once the station took it', () => {
    const set = (name: string) => ({
      action: 'SetVariables',
      payload: {
        setVariableData: [{ attributeValue: 'a-new-password-1', component: { name }, variable }],
      },
    });
    expect(v201.newPassword(set('SecurityCtrlr'))).toBe('a-new-password-1');
    expect(v201.newPassword(set('OCPPCommCtrlr'))).toBeUndefined();
    const result = (attributeStatus: string) => ({
      setVariableResult: [{ attributeStatus, component, variable }],
    });
    expect(v201.tookPassword(result('Accepted'))).toBe(true);
    expect(v201.tookPassword(result('Rejected'))).toBe(false);
  });
});
