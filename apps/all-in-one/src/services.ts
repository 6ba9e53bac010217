import { type ServiceDefinition } from '@voltledger/platform';
import { billingService } from '../../billing/src/app.module';
import { ocppGatewayService } from '../../ocpp-gateway/src/app.module';
import { roamingOcpiService } from '../../roaming-ocpi/src/app.module';
import { roamingOicpService } from '../../roaming-oicp/src/app.module';
import { sessionService } from '../../session/src/app.module';
import { tariffService } from '../../tariff/src/app.module';

/** The whole network. Stations come last: by then everybody listens. */
export const SERVICES: readonly ServiceDefinition[] = [
  tariffService,
  sessionService,
  billingService,
  roamingOcpiService,
  roamingOicpService,
  ocppGatewayService,
];
