import { type Connector, type Evse, type Location } from '@voltledger/contracts';
import { sampleLocation } from '@voltledger/testing';
import { evseDataPushOf, mappedEvse } from './evse-data';
import { type EvseDataRecord } from './evse-data.schema';
import { type OperatorProfile } from './operator-profile';

const operator: OperatorProfile = {
  operatorId: 'DE*VLT',
  subOperatorIds: ['AT*VLT'],
  operatorName: 'Voltledger Charging',
  hotline: '+4940123456',
  renewableEnergy: true,
  calibrationLaw: 'Not Available',
  accessibility: 'Free publicly accessible',
  authenticationModes: ['REMOTE'],
  remoteControl: true,
  reservation: false,
};

const location = sampleLocation(1);
const evse = location.evses[0]!;
const connector = evse.connectors[0]!;

function recordOf(
  changes: {
    location?: Partial<Location>;
    evse?: Partial<Evse>;
    operator?: Partial<OperatorProfile>;
  } = {},
): EvseDataRecord {
  const mapped = mappedEvse(
    { ...location, ...changes.location },
    { ...evse, ...changes.evse },
    { ...operator, ...changes.operator },
  );
  if ('unmappable' in mapped) throw new Error(mapped.unmappable);
  return mapped.record;
}

const withConnectors = (...connectors: Partial<Connector>[]) =>
  recordOf({ evse: { connectors: connectors.map((each) => ({ ...connector, ...each })) } });

describe('an EVSE as Hubject knows it', () => {
  it('OICP-EVSE-20 OICP-EVSE-21 OICP-EVSE-23 OICP-EVSE-25 OICP-EVSE-33 has all it must have', () => {
    expect(recordOf()).toEqual({
      EvseID: 'DE*VLT*E0001*1',
      ChargingStationID: 'CS0001',
      ChargingStationNames: [{ lang: 'en', value: 'Harbour Car Park' }],
      Address: {
        Country: 'DEU',
        City: 'Hamburg',
        Street: 'Hafenstrasse',
        PostalCode: '20457',
        HouseNum: '12',
        TimeZone: 'UTC+01:00',
      },
      GeoCoordinates: { Google: { Coordinates: '53.543210 9.987650' } },
      Plugs: ['CCS Combo 2 Plug (Cable Attached)'],
      ChargingFacilities: [
        { PowerType: 'DC', Voltage: 920, Power: 400, ChargingModes: ['Mode_4'] },
      ],
      RenewableEnergy: true,
      CalibrationLawDataAvailability: 'Not Available',
      AuthenticationModes: ['NFC RFID Classic', 'NFC RFID DESFire', 'REMOTE'],
      PaymentOptions: ['Contract'],
      ValueAddedServices: ['None'],
      Accessibility: 'Free publicly accessible',
      HotlinePhoneNumber: '+4940123456',
      IsOpen24Hours: true,
      IsHubjectCompatible: true,
      DynamicInfoAvailable: 'true',
    });
  });

  it.each([
    ['Hafenstrasse 12', 'Hafenstrasse', '12'],
    ['Hafenstrasse 12 a', 'Hafenstrasse', '12 a'],
    ['Hafenstrasse 12a-14', 'Hafenstrasse', '12a-14'],
    ['12 Harbour Road', 'Harbour Road', '12'],
    ['C4 12', 'C4', '12'],
    ['Rue du Port, 7', 'Rue du Port', '7'],
    ['Am Hafen', 'Am Hafen', 'n/a'],
    ['4711', '4711', 'n/a'],
    ['X', 'X_', 'n/a'],
  ])('OICP-EVSE-22 the address "%s" is street "%s", house "%s"', (address, street, house) => {
    expect(recordOf({ location: { address } }).Address).toMatchObject({
      Street: street,
      HouseNum: house,
    });
  });

  it('OICP-EVSE-22 flags the placeholder of a missing house number', () => {
    expect(mappedEvse({ ...location, address: 'Am Hafen' }, evse, operator)).toHaveProperty(
      'remarks',
      ['the address has no house number'],
    );
  });

  it('OICP-EVSE-23 rounds coordinates to six decimals', () => {
    const place = { latitude: '-33.8688197', longitude: '151.2092955' };
    expect(recordOf({ location: place }).GeoCoordinates).toEqual({
      Google: { Coordinates: '-33.868820 151.209296' },
    });
  });

  it('OICP-EVSE-26 leaves out a voltage or amperage that does not fit', () => {
    const [facility] = withConnectors({ maxVoltage: 1_000, maxAmperage: 100 }).ChargingFacilities;
    expect(facility).toEqual({ PowerType: 'DC', Power: 400, ChargingModes: ['Mode_4'] });
  });

  it.each([
    [22_000, 22],
    [22_499, 22],
    [22_500, 23],
    [300, 1],
    [999_499, 999],
  ])('OICP-EVSE-27 %d W are %d kW', (maxPower, power) => {
    expect(withConnectors({ maxPower }).ChargingFacilities[0]?.Power).toBe(power);
  });

  it('OICP-EVSE-11 connectors of one EVSE become plugs and facilities, each once', () => {
    const ac = {
      powerType: 'AC_3_PHASE',
      maxPower: 22_000,
      maxVoltage: 230,
      maxAmperage: 32,
    } as const;
    const record = withConnectors(
      { standard: 'IEC_62196_T2', format: 'SOCKET', ...ac },
      { standard: 'IEC_62196_T2', format: 'CABLE', ...ac },
      { standard: 'CHADEMO', maxPower: 50_000 },
      { standard: 'IEC_62196_T2_COMBO', maxPower: 50_000 },
    );
    expect(record.Plugs).toEqual([
      'Type 2 Outlet',
      'Type 2 Connector (Cable Attached)',
      'CHAdeMO',
      'CCS Combo 2 Plug (Cable Attached)',
    ]);
    expect(record.ChargingFacilities).toEqual([
      { PowerType: 'AC_3_PHASE', Voltage: 230, Amperage: 32, Power: 22, ChargingModes: ['Mode_3'] },
      { PowerType: 'DC', Voltage: 920, Power: 50, ChargingModes: ['Mode_4', 'CHAdeMO'] },
    ]);
  });

  it('OICP-EVSE-13 an EVSE with no plug OICP knows is reported, not pushed', () => {
    const megawatt = { ...evse, connectors: [{ ...connector, standard: 'MCS' }] };
    expect(mappedEvse(location, megawatt, operator)).toHaveProperty('unmappable');
  });

  it('OICP-EVSE-13 a single unknown connector is left out and reported', () => {
    const mixed = {
      ...evse,
      connectors: [connector, { ...connector, connectorId: '2', standard: 'MCS' }],
    };
    expect(mappedEvse(location, mixed, operator)).toMatchObject({
      record: { Plugs: ['CCS Combo 2 Plug (Cable Attached)'] },
      remarks: ['connector 2 (MCS) left out'],
    });
  });

  it.each([
    ['OICP-EVSE-05 of a foreign operator', 'DE*XXX*E1'],
    ['OICP-IDS-05 without the E', 'DE*VLT*1'],
  ])('%s is reported, not pushed', (_title, evseId) => {
    expect(mappedEvse(location, { ...evse, evseId }, operator)).toHaveProperty('unmappable');
  });

  it('OICP-IDS-16 an EVSE of a registered sub operator is pushed', () => {
    expect(recordOf({ evse: { evseId: 'at*vlt*e1' } }).EvseID).toBe('AT*VLT*E1');
  });

  it('OICP-EVSE-32 is not Hubject compatible when remote start does not work', () => {
    const record = recordOf({ operator: { remoteControl: false } });
    expect(record.IsHubjectCompatible).toBe(false);
    expect(record.AuthenticationModes).not.toContain('REMOTE');
  });

  it('OICP-RSV-01 OICP-EVSE-31 advertises reservations only when they are served', () => {
    const capabilities = ['RESERVABLE', 'CHARGING_PROFILE_CAPABLE', 'CREDIT_CARD_PAYABLE'];
    const record = recordOf({ evse: { capabilities } });
    expect(record.ValueAddedServices).toEqual(['None']);
    expect(record.DynamicPowerLevel).toBe(true);
    expect(record.PaymentOptions).toEqual(['Direct', 'Contract']);
    const serving = recordOf({ evse: { capabilities }, operator: { reservation: true } });
    expect(serving.ValueAddedServices).toEqual(['Reservation']);
  });

  it('a location that is not published is restricted', () => {
    expect(recordOf({ location: { publish: false } }).Accessibility).toBe('Restricted access');
  });

  it('OICP-EVSE-01 OICP-EVSE-10 a push names action and operator', () => {
    expect(evseDataPushOf('insert', [recordOf()], operator)).toMatchObject({
      ActionType: 'insert',
      OperatorEvseData: { OperatorID: 'DE*VLT', OperatorName: 'Voltledger Charging' },
    });
  });
});
