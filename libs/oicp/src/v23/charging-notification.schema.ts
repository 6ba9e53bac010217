import { z } from 'zod';
import { identification } from './identification';
import {
  evseIdText,
  kilowattHoursNumber,
  localTimeText,
  operatorIdText,
  partnerSessionIdText,
  productIdText,
  sessionIdText,
} from './scalars';

const common = {
  SessionID: sessionIdText,
  CPOPartnerSessionID: partnerSessionIdText.optional(),
  EMPPartnerSessionID: partnerSessionIdText.optional(),
  Identification: identification.optional(),
  EvseID: evseIdText,
  OperatorID: operatorIdText,
};

const charging = {
  ...common,
  SessionStart: localTimeText.optional(),
  MeterValueStart: kilowattHoursNumber.optional(),
  PartnerProductID: productIdText.optional(),
};

const meterValues = z.strictObject({ meterValues: z.array(kilowattHoursNumber) });

export const startNotification = z.strictObject({
  Type: z.literal('Start'),
  ...charging,
  ChargingStart: localTimeText,
});

const isElapsed = (record: {
  ChargingStart: string;
  EventOccurred: string;
  ChargingDuration?: number | undefined;
}): boolean =>
  record.ChargingDuration === undefined ||
  record.ChargingDuration === Date.parse(record.EventOccurred) - Date.parse(record.ChargingStart);

export const progressNotification = z
  .strictObject({
    Type: z.literal('Progress'),
    ...charging,
    ChargingStart: localTimeText,
    EventOccurred: localTimeText,
    /** Milliseconds (OICP-NTF-04). */
    ChargingDuration: z.int().nonnegative().optional(),
    ConsumedEnergyProgress: kilowattHoursNumber.optional(),
    MeterValueInBetween: meterValues.optional(),
  })
  .refine(
    ({ ChargingDuration, ConsumedEnergyProgress }) =>
      ChargingDuration !== undefined || ConsumedEnergyProgress !== undefined,
    'must have ChargingDuration or ConsumedEnergyProgress',
  )
  .refine(isElapsed, {
    message: 'must be EventOccurred - ChargingStart in milliseconds',
    path: ['ChargingDuration'],
  });

export const endNotification = z
  .strictObject({
    Type: z.literal('End'),
    ...charging,
    ChargingStart: localTimeText.optional(),
    ChargingEnd: localTimeText,
    SessionEnd: localTimeText.optional(),
    ConsumedEnergy: kilowattHoursNumber.optional(),
    MeterValueEnd: kilowattHoursNumber.optional(),
    MeterValueInBetween: meterValues.optional(),
    PenaltyTimeStart: localTimeText.optional(),
  })
  .refine(
    ({ ChargingStart, ChargingEnd }) =>
      ChargingStart === undefined || Date.parse(ChargingStart) <= Date.parse(ChargingEnd),
    { message: 'must not be before ChargingStart', path: ['ChargingEnd'] },
  );

export const errorNotification = z.strictObject({
  Type: z.literal('Error'),
  ...common,
  ErrorType: z.enum(['ConnectorError', 'CriticalError']),
  ErrorAdditionalInfo: z.string().max(250).optional(),
});

export const chargingNotification = z.discriminatedUnion('Type', [
  startNotification,
  progressNotification,
  endNotification,
  errorNotification,
]);

export type StartNotification = z.output<typeof startNotification>;
export type ProgressNotification = z.output<typeof progressNotification>;
export type EndNotification = z.output<typeof endNotification>;
export type ErrorNotification = z.output<typeof errorNotification>;
export type ChargingNotification = z.output<typeof chargingNotification>;
