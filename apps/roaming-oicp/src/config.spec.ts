import { ConfigurationError } from '@voltledger/platform';
import { connectionOf, readConfig } from './config';

const connected = { OICP_BASE_URL: 'https://hubject.example', OICP_HOTLINE: '+4940123456' };

describe('the settings of the connection', () => {
  it('need nothing when there is none', () => {
    expect(readConfig({}).OICP_BASE_URL).toBeUndefined();
  });

  it('need a hotline as soon as there is one: partners’ drivers are shown it', () => {
    expect(() => readConfig({ OICP_BASE_URL: 'https://hubject.example' })).toThrow(
      /OICP_HOTLINE: is needed as soon as OICP_BASE_URL is set/,
    );
  });

  it('OICP-TRN-03 take no TLS listener without all its files', () => {
    expect(() => readConfig({ ...connected, OICP_INBOUND: 'tls' })).toThrow(
      /OICP_INBOUND_CERTIFICATE_FILE.*\n.*OICP_INBOUND_KEY_FILE.*\n.*OICP_INBOUND_BROKER_CA_FILE/,
    );
  });

  it('take no certificate without its key', () => {
    const half = { ...connected, OICP_CLIENT_CERTIFICATE_FILE: 'a.pem' };
    expect(() => readConfig(half)).toThrow(/OICP_CLIENT_KEY_FILE/);
  });

  it.each([
    ['OICP_OPERATOR_ID', 'Voltledger'],
    ['OICP_SUB_OPERATOR_IDS', 'AT*VLT,nobody'],
    ['OICP_CALLS_PER_MINUTE', 'AuthorizeStart'],
    ['OICP_CALIBRATION_LAW', 'Perhaps'],
    ['OICP_VERSION', '2.2'],
    ['OICP_BASE_URL', 'ftp://hubject.example'],
  ])('name %s when it is wrong', (name, value) => {
    const read = () => readConfig({ ...connected, [name]: value });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(name);
  });

  it('OICP-EVSE-32 OICP-TRN-02 say what is served, and as whom', () => {
    const { operator } = connectionOf(readConfig({ ...connected, OICP_OPERATOR_ID: 'DEVLT' }));
    expect(operator).toMatchObject({
      operatorId: 'DEVLT',
      remoteControl: false,
      reservation: false,
    });
    const limits = readConfig({ OICP_CALLS_PER_MINUTE: 'AuthorizeStart=100,PushEvseData=3' });
    expect([...limits.OICP_CALLS_PER_MINUTE]).toEqual([
      ['AuthorizeStart', 100],
      ['PushEvseData', 3],
    ]);
  });
});
