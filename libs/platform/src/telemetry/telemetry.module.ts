import { type DynamicModule, Module } from '@nestjs/common';
import { Health } from './health';
import { type Logger } from './logger';
import { collectProcessMetrics } from './metrics';
import { LOGGER, REPORTS, loggedReports } from './reports';
import { TelemetryController } from './telemetry.controller';

/** Provides `LOGGER`, `REPORTS` and `Health` everywhere; serves `/metrics` and `/health/…`. */
@Module({})
export class TelemetryModule {
  static with(logger: Logger): DynamicModule {
    collectProcessMetrics();
    return {
      module: TelemetryModule,
      global: true,
      controllers: [TelemetryController],
      providers: [
        { provide: LOGGER, useValue: logger },
        { provide: REPORTS, useValue: loggedReports(logger) },
        Health,
      ],
      exports: [LOGGER, REPORTS, Health],
    };
  }
}
