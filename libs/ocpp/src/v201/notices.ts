import { instant } from '@voltledger/kernel';
import {
  type ComponentType,
  type NotifyEventRequest,
  type NotifyReportRequest,
  type VariableType,
} from 'typed-ocpp/dist/ocpp20/types.js';
import { exchange, nothingToSay } from '../shared/exchange';
import { statusOfEvent } from './status';

/** Firmware, log and security messages: kept, and answered with nothing. */
export const notice = exchange(
  'notice',
  ({ timestamp }: { timestamp?: string }) => ({
    statuses: [],
    variables: [],
    ...(timestamp !== undefined && { reportedAt: instant(timestamp) }),
  }),
  nothingToSay,
);

export const notifyEvent = exchange(
  'notice',
  ({ generatedAt, eventData }: NotifyEventRequest) => ({
    reportedAt: instant(generatedAt),
    statuses: eventData.flatMap(statusOfEvent),
    variables: [],
  }),
  nothingToSay,
);

export const notifyReport = exchange(
  'notice',
  ({ generatedAt, reportData = [] }: NotifyReportRequest) => ({
    reportedAt: instant(generatedAt),
    statuses: [],
    variables: reportData.map(({ component, variable, ...told }) => ({
      component: componentName(component),
      variable: variableName(variable),
      told,
    })),
  }),
  nothingToSay,
);

/** `Connector[2]@1.2`: name, instance, EVSE and connector. */
function componentName({ name, instance, evse }: ComponentType): string {
  const connector = evse?.connectorId === undefined ? '' : `.${evse.connectorId}`;
  return `${name}${instance === undefined ? '' : `[${instance}]`}${evse ? `@${evse.id}${connector}` : ''}`;
}

const variableName = ({ name, instance }: VariableType): string =>
  instance === undefined ? name : `${name}[${instance}]`;
