import { FRAME_MAX } from '@voltledger/contracts';
import { keptFrame, maskedFrame } from './masked-frame';

describe('a frame in the log (OCPP-J-CONN-21)', () => {
  it.each([
    '[2,"1","Authorize",{"idTag":"SECRET"}]',
    '[2,"1","Authorize",{"idToken":{"idToken":"SECRET","type":"Central"}}]',
    '[3,"1",{"idTagInfo":{"status":"Accepted","parentIdTag":"SECRET"}}]',
    '[3,"1",{"idTokenInfo":{"status":"Accepted","groupIdToken":{"idToken":"SECRET","type":"Central"}}}]',
    '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"SECRET"}]',
    '[2,"1","SetVariables",{"setVariableData":[{"attributeValue":"SECRET","component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"}}]}]',
  ])('hides tokens and passwords: %s', (frame) => {
    expect(maskedFrame(frame)).not.toContain('SECRET');
    expect(maskedFrame(frame)).toContain('***');
  });

  it('leaves everything else, and shows nothing of what it cannot read', () => {
    const frame = '[2,"1","ChangeConfiguration",{"key":"HeartbeatInterval","value":"60"}]';
    expect(maskedFrame(frame)).toBe(frame);
    expect(maskedFrame('idTag=SECRET')).not.toContain('SECRET');
  });
});

describe('a frame that is kept with its report', () => {
  it('is the call of the station, without the token', () =>
    expect(keptFrame('m1', 'StartTransaction', { connectorId: 1, idTag: 'SECRET' })).toBe(
      '[2,"m1","StartTransaction",{"connectorId":1,"idTag":"***"}]',
    ));

  it.each([
    { sampledValue: [{ value: 'OCMF|{"ID":"SECRET"}|{}', format: 'SignedData' }] },
    { sampledValue: [{ signedMeterValue: { signedMeterData: 'OCMF|{"ID":"SECRET"}|{}' } }] },
  ])('tells only how long a signed record is: %o', (payload) => {
    expect(keptFrame('m1', 'MeterValues', payload)).not.toContain('SECRET');
    expect(keptFrame('m1', 'MeterValues', payload)).toContain('(23 characters)');
  });

  it('is cut where it is longer than any that is real', () => {
    const frame = keptFrame('m1', 'MeterValues', { text: 'x'.repeat(FRAME_MAX) });
    expect(frame).toHaveLength(FRAME_MAX);
    expect(frame).toMatch(/…$/);
  });
});
