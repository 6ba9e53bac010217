import { maskedFrame } from './frame-log';

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
