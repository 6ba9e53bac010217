import { z } from 'zod';
import { chargingFacility } from './charging-facility';
import { PLUGS } from './plugs';
import {
  countryText,
  evseIdText,
  geoCoordinates,
  infoText,
  operatorIdText,
  period,
  phoneText,
  timeZoneText,
} from './scalars';

export const AUTHENTICATION_MODES = [
  'NFC RFID Classic',
  'NFC RFID DESFire',
  'PnC',
  'REMOTE',
  'Direct Payment',
  'No Authentication Required',
] as const;

export const ACCESSIBILITIES = [
  'Free publicly accessible',
  'Restricted access',
  'Paying publicly accessible',
  'Test Station',
] as const;

export const CALIBRATION_LAW = ['Local', 'External', 'Not Available'] as const;
export type CalibrationLaw = (typeof CALIBRATION_LAW)[number];

const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

const address = z.strictObject({
  Country: countryText,
  City: z.string().min(1).max(50),
  Street: z.string().min(2).max(100),
  PostalCode: z.string().max(10),
  HouseNum: z.string().max(10),
  Floor: z.string().max(5).optional(),
  Region: z.string().max(50).optional(),
  ParkingFacility: z.boolean().optional(),
  ParkingSpot: z.string().max(5).optional(),
  TimeZone: timeZoneText.optional(),
});

/** `No Payment` and `None` say that there is nothing, and stand alone (OICP-EVSE-31). */
const alone =
  (nothing: string) =>
  (values: readonly string[]): boolean =>
    values.length === 1 || !values.includes(nothing);

const openingTimes = z.strictObject({
  Period: z.array(period),
  on: z.enum(['Everyday', 'Workdays', 'Weekend', ...WEEKDAYS]),
});

const energySource = z.strictObject({
  Energy: z
    .enum([
      'Solar',
      'Wind',
      'HydroPower',
      'GeothermalEnergy',
      'Biomass',
      'Coal',
      'NuclearEnergy',
      'Petroleum',
      'NaturalGas',
    ])
    .optional(),
  Percentage: z.int().min(0).max(99).optional(),
});

/** What the broker needs of every EVSE: the 16 mandatory fields (OICP-EVSE-20). */
const mandatory = {
  EvseID: evseIdText,
  ChargingStationNames: z.array(infoText).min(1),
  Address: address,
  GeoCoordinates: geoCoordinates,
  Plugs: z.array(z.enum(PLUGS)).min(1),
  ChargingFacilities: z.array(chargingFacility).min(1),
  RenewableEnergy: z.boolean(),
  CalibrationLawDataAvailability: z.enum(CALIBRATION_LAW),
  AuthenticationModes: z.array(z.enum(AUTHENTICATION_MODES)).min(1),
  PaymentOptions: z
    .array(z.enum(['No Payment', 'Direct', 'Contract']))
    .min(1)
    .refine(alone('No Payment'), 'No Payment stands alone'),
  ValueAddedServices: z
    .array(
      z.enum([
        'Reservation',
        'DynamicPricing',
        'ParkingSensors',
        'MaximumPowerCharging',
        'PredictiveChargePointUsage',
        'ChargingPlans',
        'RoofProvided',
        'None',
      ]),
    )
    .min(1)
    .refine(alone('None'), 'None stands alone'),
  Accessibility: z.enum(ACCESSIBILITIES),
  HotlinePhoneNumber: phoneText,
  IsOpen24Hours: z.boolean(),
  IsHubjectCompatible: z.boolean(),
  DynamicInfoAvailable: z.enum(['true', 'false', 'auto']),
};

/** `deltaType` and `lastUpdate` are the broker's to assign: we have no such members (OICP-EVSE-12). */
export const evseDataRecord = z
  .strictObject({
    ...mandatory,
    OpeningTimes: z.array(openingTimes).optional(),
    ChargingPoolID: z
      .string()
      .regex(/^[A-Za-z]{2}\*?[A-Za-z0-9]{3}\*?P[A-Za-z0-9*]{1,30}$/, 'must be a ChargingPoolID')
      .optional(),
    ChargingStationID: z.string().max(50).optional(),
    HardwareManufacturer: z.string().max(50).optional(),
    ChargingStationImage: z.string().max(200).optional(),
    SubOperatorName: z.string().max(100).optional(),
    DynamicPowerLevel: z.boolean().optional(),
    EnergySource: z.array(energySource).optional(),
    EnvironmentalImpact: z
      .strictObject({ CO2Emission: z.number().optional(), NuclearWaste: z.number().optional() })
      .optional(),
    MaxCapacity: z.int().optional(),
    AccessibilityLocation: z
      .enum(['OnStreet', 'ParkingLot', 'ParkingGarage', 'UndergroundParkingGarage'])
      .optional(),
    AdditionalInfo: z.array(infoText).optional(),
    ChargingStationLocationReference: z.array(infoText).optional(),
    GeoChargingPointEntrance: geoCoordinates.optional(),
    HubOperatorID: operatorIdText.optional(),
    ClearinghouseID: z.string().max(20).optional(),
  })
  .refine(({ IsOpen24Hours, OpeningTimes }) => IsOpen24Hours || (OpeningTimes ?? []).length > 0, {
    message: 'must not be empty when the EVSE is not open 24 hours',
    path: ['OpeningTimes'],
  });

export type EvseDataRecord = z.output<typeof evseDataRecord>;

export const ACTION_TYPES = ['fullLoad', 'update', 'insert', 'delete'] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

export const evseDataPush = z.strictObject({
  ActionType: z.enum(ACTION_TYPES),
  OperatorEvseData: z.strictObject({
    OperatorID: operatorIdText,
    OperatorName: z.string().min(1).max(100),
    EvseDataRecord: z.array(evseDataRecord),
  }),
});

export type EvseDataPush = z.output<typeof evseDataPush>;
