import { readConfig } from './config';

describe('settings of the gateway', () => {
  it('have defaults for everything', () => {
    expect(readConfig({})).toMatchObject({
      OCPP_PORT: 8887,
      OCPP_BASE_PATH: '/ocpp',
      OCPP_TRUST_PROXY: false,
    });
    expect(readConfig({}).GATEWAY_INSTANCE).toMatch(/-8887$/);
  });

  it('take no certificate without its key', () => {
    expect(() => readConfig({ OCPP_TLS_CERTIFICATE_FILE: 'a.pem' })).toThrow(/OCPP_TLS_KEY_FILE/);
    expect(() => readConfig({ OCPP_TLS_STATION_CA_FILE: 'ca.pem' })).toThrow(
      /OCPP_TLS_CERTIFICATE_FILE/,
    );
  });

  it('that are wrong are named, all at once', () => {
    const wrong = { OCPP_PORT: '99999', OCPP_BASE_PATH: 'ocpp/', OCPP_TRUST_PROXY: 'yes' };
    expect(() => readConfig(wrong)).toThrow(/OCPP_PORT.*OCPP_BASE_PATH.*OCPP_TRUST_PROXY/s);
  });
});
