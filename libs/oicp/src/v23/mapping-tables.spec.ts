import { type Connector, evseStatus } from '@voltledger/contracts';
import { productOf, refusalOf } from './authorization';
import { evseStatusOf, evseStatusPushOf } from './evse-status';
import { presentedToken } from './identification';
import { withoutPersonalIds } from './masking';
import { chargingModesOf, plugOf } from './plugs';
import { acknowledgementOf } from './remote';
import { REMOTE_OUTCOME_CODES, STATUS_CODES, meaningOf } from './status-codes';

describe('the mapping tables of part 22', () => {
  it.each([
    ['CHADEMO', 'CABLE', 'CHAdeMO'],
    ['CHAOJI', 'CABLE', undefined],
    ['DOMESTIC_A', 'SOCKET', undefined],
    ['DOMESTIC_E', 'SOCKET', 'Type E French Standard'],
    ['DOMESTIC_F', 'SOCKET', 'Type F Schuko'],
    ['DOMESTIC_G', 'SOCKET', 'Type G British Standard'],
    ['DOMESTIC_J', 'SOCKET', 'Type J Swiss Standard'],
    ['GBT_DC', 'CABLE', undefined],
    ['IEC_60309_2_single_16', 'SOCKET', 'IEC 60309 Single Phase'],
    ['IEC_60309_2_three_64', 'SOCKET', 'IEC 60309 Three Phase'],
    ['IEC_62196_T1', 'CABLE', 'Type 1 Connector (Cable Attached)'],
    ['IEC_62196_T1', 'SOCKET', undefined],
    ['IEC_62196_T1_COMBO', 'CABLE', 'CCS Combo 1 Plug (Cable Attached)'],
    ['IEC_62196_T2', 'SOCKET', 'Type 2 Outlet'],
    ['IEC_62196_T2', 'CABLE', 'Type 2 Connector (Cable Attached)'],
    ['IEC_62196_T2_COMBO', 'CABLE', 'CCS Combo 2 Plug (Cable Attached)'],
    ['IEC_62196_T3A', 'SOCKET', 'Type 3 Outlet'],
    ['IEC_62196_T3C', 'SOCKET', 'Type 3 Outlet'],
    ['MCS', 'CABLE', undefined],
    ['NEMA_5_20', 'SOCKET', 'NEMA 5-20'],
    ['NEMA_14_50', 'SOCKET', undefined],
    ['SAE_J3400', 'CABLE', 'Tesla Connector'],
    ['TESLA_S', 'CABLE', 'Tesla Connector'],
    ['TESLA_R', 'CABLE', undefined],
    ['PANTOGRAPH_TOP_DOWN', 'CABLE', undefined],
  ] as const)('22.1 %s %s is the plug %s', (standard, format, plug) => {
    expect(plugOf({ standard, format })).toBe(plug);
  });

  it('22.3 OICP-STA-09 OICP-STA-05 maps every EVSE status, none to EvseNotFound', () => {
    const table = Object.fromEntries(evseStatus.options.map((each) => [each, evseStatusOf(each)]));
    expect(table).toEqual({
      AVAILABLE: 'Available',
      BLOCKED: 'Occupied',
      CHARGING: 'Occupied',
      INOPERATIVE: 'OutOfService',
      OUTOFORDER: 'OutOfService',
      PLANNED: undefined,
      REMOVED: undefined,
      RESERVED: 'Reserved',
      UNKNOWN: 'Unknown',
    });
  });

  it.each([
    ['IEC_62196_T2', 'AC_1_PHASE', ['Mode_3']],
    ['DOMESTIC_F', 'AC_1_PHASE', ['Mode_2']],
    ['IEC_60309_2_single_16', 'AC_1_PHASE', ['Mode_2']],
    ['IEC_62196_T2', 'AC_3_PHASE', ['Mode_3']],
    ['IEC_62196_T2_COMBO', 'DC', ['Mode_4']],
    ['CHADEMO', 'DC', ['Mode_4', 'CHAdeMO']],
  ] as const)('22.5 %s %s charges in %s', (standard, powerType, modes) => {
    expect(chargingModesOf({ standard, powerType })).toEqual(modes);
  });

  it.each([
    [
      { uid: '04:4a:2d:aa', type: 'RFID' },
      { kind: 'rfid', uid: '044A2DAA' },
    ],
    [
      { uid: 'DE-T02-C12345678', type: 'EMAID' },
      { kind: 'plug-and-charge', evcoId: 'DE-T02-C12345678-S' },
    ],
  ])('22.7 OICP-IDN-02 %j is asked about', (token, driver) => {
    expect(presentedToken(token)).toEqual(driver);
  });

  it.each([
    { uid: '0123456789', type: 'RFID' },
    { uid: 'anything', type: 'APP_USER' },
    { uid: 'OICP0123456789ABCDEF', type: 'OTHER' },
    { uid: '044A2DAA', type: 'APP_USER' },
    { uid: 'nonsense', type: 'EMAID' },
  ])('22.7 OICP-IDS-13 %j is not sent', (token) => {
    expect(() => presentedToken(token)).toThrow(
      expect.objectContaining({ code: 'OICP_TOKEN_NOT_SENDABLE' }) as Error,
    );
  });

  it('22.8 OICP-COD-02 answers remote requests with these codes only', () => {
    const allowed = /^(000|5\d\d|6\d\d|700|400|320|021|022)$/;
    for (const code of Object.values(REMOTE_OUTCOME_CODES)) expect(code).toMatch(allowed);
  });

  it.each([
    ['AC_1_PHASE', 'AC1'],
    ['AC_2_PHASE_SPLIT', 'AC1'],
    ['AC_3_PHASE', 'AC3'],
    ['DC', 'DC'],
  ] satisfies [Connector['powerType'], string][])(
    'OICP-AUT-07 OICP-CDR-23 %s is product %s',
    (powerType, product) => {
      expect(productOf(powerType)).toBe(product);
    },
  );
});

describe('status codes', () => {
  it('OICP-COD-01 OICP-ACK-05 knows all 31, each three digits', () => {
    expect(Object.keys(STATUS_CODES)).toHaveLength(31);
    for (const code of Object.keys(STATUS_CODES)) expect(code).toMatch(/^\d{3}$/);
  });

  it('OICP-COD-04 only 001 and 002 are repeated by themselves', () => {
    const repeated = Object.keys(STATUS_CODES).filter(
      (code) => meaningOf(code).retry === 'backoff',
    );
    expect(repeated).toEqual(['001', '002']);
  });

  it('OICP-ACK-12 an unknown code is a refusal', () => {
    expect(meaningOf('605')).toMatchObject({ retry: 'never', class: 'system' });
  });

  it.each([
    ['102', 'UNKNOWN'],
    ['106', 'UNKNOWN'],
    ['210', 'UNKNOWN'],
    ['200', 'BLOCKED'],
    ['001', 'UNAVAILABLE'],
    ['017', 'UNAVAILABLE'],
  ])('OICP-AUT-05 %s makes the driver %s', (code, refusal) => {
    expect(refusalOf(code)).toBe(refusal);
  });
});

describe('our acknowledgement', () => {
  it('OICP-ACK-06 OICP-ACK-09 OICP-ACK-11 says what happened and echoes the session', () => {
    const echo = {
      oicpSessionId: '5b1c6f0e-7d2a-4a53-9a51-0c7be0d1f2a3',
      cpoPartnerSessionId: 'ours',
      empPartnerSessionId: 'theirs',
    };
    expect(acknowledgementOf('occupied', echo, 'x'.repeat(2_000))).toEqual({
      Result: false,
      StatusCode: {
        Code: '602',
        Description: 'EVSE already in use/ wrong token',
        AdditionalInfo: 'x'.repeat(1_000),
      },
      SessionID: echo.oicpSessionId,
      CPOPartnerSessionID: 'ours',
      EMPPartnerSessionID: 'theirs',
    });
    expect(acknowledgementOf('accepted')).toMatchObject({
      Result: true,
      StatusCode: { Code: '000' },
    });
  });
});

describe('the audit trail', () => {
  it('OICP-TRN-18 OICP-IDN-07 shows sessions, not people', () => {
    const shown = withoutPersonalIds({
      SessionID: 'f98efba4-02d8-4fa0-b810-9a9d50d2c527',
      Identification: {
        RFIDMifareFamilyIdentification: { UID: '044A2DAA856280' },
        RemoteIdentification: { EvcoID: 'DE-T02-C12345678-S' },
        QRCodeIdentification: { PIN: '0042', HashedPIN: { Value: '$2b$10$abc' } },
      },
    });
    expect(shown).toEqual({
      SessionID: 'f98efba4-02d8-4fa0-b810-9a9d50d2c527',
      Identification: {
        RFIDMifareFamilyIdentification: { UID: '04…80' },
        RemoteIdentification: { EvcoID: 'DE-T02…-S' },
        QRCodeIdentification: { PIN: '…', HashedPIN: { Value: '…' } },
      },
    });
  });
});

describe('a status push', () => {
  it('OICP-STA-01 names operator and EVSE', () => {
    const profile = { operatorId: 'DE*VLT', operatorName: 'Voltledger' } as never;
    const statuses = [{ evseId: 'de*vlt*e1', status: 'Occupied' }] as const;
    expect(evseStatusPushOf('update', statuses, profile)).toEqual({
      ActionType: 'update',
      OperatorEvseStatus: {
        OperatorID: 'DE*VLT',
        OperatorName: 'Voltledger',
        EvseStatusRecord: [{ EvseID: 'DE*VLT*E1', EvseStatus: 'Occupied' }],
      },
    });
  });
});
