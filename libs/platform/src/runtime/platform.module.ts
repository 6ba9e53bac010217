import { type DynamicModule, Module } from '@nestjs/common';
import {
  AGGREGATES,
  CLOCK,
  DATABASE,
  EVENT_STORE,
  MESSAGE_BUS,
  PERSONAL_DATA,
  SCOPE,
  SUBJECT_KEYS,
} from '../tokens';
import { type PlatformTypes } from '../tokens';

/** Store, bus, database, clock and scope, for every module of the process. */
@Module({})
export class PlatformModule {
  static with(platform: PlatformTypes): DynamicModule {
    const providers = [
      { provide: EVENT_STORE, useValue: platform.eventStore },
      { provide: MESSAGE_BUS, useValue: platform.messageBus },
      { provide: DATABASE, useValue: platform.database },
      { provide: AGGREGATES, useValue: platform.aggregates },
      { provide: CLOCK, useValue: platform.clock },
      { provide: SCOPE, useValue: platform.scope },
      { provide: PERSONAL_DATA, useValue: platform.personalData },
      { provide: SUBJECT_KEYS, useValue: platform.subjectKeys },
    ];
    return { module: PlatformModule, global: true, providers, exports: providers };
  }
}
