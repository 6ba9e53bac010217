import { Controller, Get, Header, HttpException } from '@nestjs/common';
import { Health, type Readiness } from './health';
import { metricsRegistry } from './metrics';

/** For the machines that watch us. Without keys: keep the port inside, or these paths off the proxy. */
@Controller()
export class TelemetryController {
  constructor(private readonly health: Health) {}

  /** The process runs and answers. Says nothing of what it depends on: restarting would not help. */
  @Get('health/live')
  live(): { alive: true } {
    return { alive: true };
  }

  /** 503 with what does not work, while anything this process needs does not. */
  @Get('health/ready')
  async ready(): Promise<Readiness> {
    const readiness = await this.health.readiness();
    if (!readiness.ready) throw new NotReady(readiness);
    return readiness;
  }

  @Get('metrics')
  @Header('content-type', metricsRegistry.contentType)
  metrics(): Promise<string> {
    return metricsRegistry.metrics();
  }
}

/** Its body is the readiness itself. */
export class NotReady extends HttpException {
  constructor(readonly readiness: Readiness) {
    super('not ready', 503);
  }
}
