import { authorizationIn } from './answers';
import { authorizeStartOf, authorizeStopOf } from './authorization';
import { remoteStartIn, remoteStopIn } from './remote';

const SESSION = '5b1c6f0e-7d2a-4a53-9a51-0c7be0d1f2a3';
const start = {
  SessionID: SESSION,
  ProviderID: 'DE-T02',
  EvseID: 'de*vlt*e0001*1',
  Identification: { RemoteIdentification: { EvcoID: 'DE-T02-C12345678-S' } },
};

const pointerOf = (body: unknown, pathId = 'DE-T02'): string | undefined => {
  const read = remoteStartIn(body, pathId);
  return 'unreadable' in read ? read.unreadable.pointer : undefined;
};

describe('remote requests', () => {
  it('OICP-TRN-11 ignores members nobody knows, and reads EvseIDs in any case', () => {
    expect(remoteStartIn({ ...start, Novelty: 1 }, 'DE-T02')).toHaveProperty(
      'request.evseId',
      'de*vlt*e0001*1',
    );
  });

  it('OICP-ERR-01 OICP-RSV-10 reads the spelling EMPPartnerSessionId', () => {
    expect(remoteStartIn({ ...start, EMPPartnerSessionId: 'theirs' }, 'DE-T02')).toHaveProperty(
      'request.empPartnerSessionId',
      'theirs',
    );
  });

  it.each([
    ['OICP-SES-04 without SessionID', { ...start, SessionID: null }, '/SessionID'],
    ['OICP-SES-05 with a SessionID of another form', { ...start, SessionID: '7' }, '/SessionID'],
    [
      'OICP-IDN-01 without identification',
      { ...start, Identification: {} },
      '/Identification/RemoteIdentification',
    ],
    [
      'OICP-IDN-04 with a card',
      {
        ...start,
        Identification: {
          ...start.Identification,
          RFIDMifareFamilyIdentification: { UID: '044A2DAA' },
        },
      },
      '/Identification/RFIDMifareFamilyIdentification',
    ],
    [
      'OICP-IDS-01 with a contract of another form',
      { ...start, Identification: { RemoteIdentification: { EvcoID: 'me' } } },
      '/Identification/RemoteIdentification/EvcoID',
    ],
    ['OICP-ACK-10 that is no object', 'start', ''],
  ])('OICP-ACK-10 a request %s is answered with the pointer %s', (_title, body, pointer) => {
    expect(pointerOf(body)).toBe(pointer);
  });

  it('OICP-TRN-09 a provider that is not the one in the path is refused', () => {
    expect(pointerOf(start, 'DE-XXX')).toBe('/ProviderID');
    expect(pointerOf(start, 'DE*T02')).toBeUndefined();
  });

  it('OICP-RMT-08 a remote stop has no identification', () => {
    const { Identification: _none, ...stop } = start;
    expect(remoteStopIn(stop, 'DE-T02')).toHaveProperty('request.oicpSessionId', SESSION);
  });
});

describe('asking the hub', () => {
  const asked = {
    operatorId: 'DE*VLT',
    driver: { kind: 'rfid', uid: '044A2DAA856280' },
    cpoPartnerSessionId: 'request-1',
    evseId: 'de*vlt*e0001*1',
    powerType: 'AC_3_PHASE',
  } as const;

  it('OICP-SES-01 OICP-SES-02 OICP-AUT-02 OICP-AUT-07 names card, EVSE and product, no SessionID', () => {
    expect(authorizeStartOf(asked)).toEqual({
      CPOPartnerSessionID: 'request-1',
      OperatorID: 'DE*VLT',
      EvseID: 'DE*VLT*E0001*1',
      Identification: { RFIDMifareFamilyIdentification: { UID: '044A2DAA856280' } },
      PartnerProductID: 'AC3',
    });
  });

  it('OICP-AUT-13 asks to stop by SessionID', () => {
    expect(authorizeStopOf({ ...asked, oicpSessionId: SESSION })).toMatchObject({
      SessionID: SESSION,
      OperatorID: 'DE*VLT',
    });
  });

  const granted = {
    SessionID: SESSION,
    ProviderID: 'DE-T02',
    AuthorizationStatus: 'Authorized',
    StatusCode: { Code: '000' },
  };
  const answer = (body: unknown) => authorizationIn({ status: 200, text: JSON.stringify(body) });

  it('OICP-AUT-04 takes SessionID and ProviderID from the answer', () => {
    expect(answer(granted)).toEqual({
      outcome: 'accepted',
      oicpSessionId: SESSION,
      providerId: 'DE-T02',
      empPartnerSessionId: undefined,
    });
  });

  it.each([
    ['OICP-AUT-11 an unknown status', { ...granted, AuthorizationStatus: 'Perhaps' }],
    ['OICP-SES-01 no SessionID', { ...granted, SessionID: null }],
    ['OICP-AUT-04 no ProviderID', { ...granted, ProviderID: null }],
  ])('%s is not authorized', (_title, body) => {
    expect(answer(body).outcome).toBe('refused');
  });

  it('OICP-TRN-01 a gateway’s HTML page is a failure, not an answer', () => {
    expect(authorizationIn({ status: 403, text: '<html>Forbidden</html>' })).toMatchObject({
      outcome: 'failed',
    });
  });
});
