import { logLevelFrom } from './config';
import { correlated } from './correlation';
import { createLogger } from './logger';
import { nestLogger } from './nest-logger';
import { metricsRegistry } from './metrics';
import { loggedReports } from './reports';

function listening() {
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  };
  return { lines, logger: createLogger({ level: 'debug', service: 'session', destination }) };
}

describe('the log', () => {
  it('writes one JSON object a line, with the ids of the story', async () => {
    const { lines, logger } = listening();
    await correlated({ correlationId: 'c-1', requestId: 'r-1' }, async () => {
      await Promise.resolve();
      logger.info({ stationId: 'CS1' }, 'station connected');
    });
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        service: 'session',
        correlationId: 'c-1',
        requestId: 'r-1',
        stationId: 'CS1',
        msg: 'station connected',
      },
    ]);
  });

  it('keeps secrets out of fields, messages and errors', () => {
    const { lines, logger } = listening();
    logger.error({ err: new Error('Basic dXNlcjpwYXNz'), password: 'p' }, 'Bearer abcdefgh12');
    expect(JSON.stringify(lines)).not.toMatch(/dXNlcjpwYXNz|"p"|abcdefgh12/);
    expect(lines[0]).toMatchObject({ err: { type: 'Error' } });
  });

  it('is silent in tests, and otherwise at info unless told', () => {
    expect(logLevelFrom({ NODE_ENV: 'test' })).toBe('silent');
    expect(logLevelFrom({})).toBe('info');
    expect(logLevelFrom({ NODE_ENV: 'test', LOG_LEVEL: 'warn' })).toBe('warn');
    expect(() => logLevelFrom({ LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL');
  });

  it('takes what Nest has to say', () => {
    const { lines, logger } = listening();
    nestLogger(logger).error('broken', 'Error: at …', 'Router');
    expect(lines[0]).toMatchObject({ level: 'error', msg: 'broken', context: 'Router' });
  });
});

describe('a failure in the background', () => {
  it('is logged and counted', async () => {
    const { lines, logger } = listening();
    loggedReports(logger).report(new Error('no connection'), {
      work: 'session.relay',
      correlationId: 'c-2',
    });
    expect(lines[0]).toMatchObject({ level: 'error', work: 'session.relay', correlationId: 'c-2' });
    const metrics = await metricsRegistry.metrics();
    expect(metrics).toContain('voltledger_background_failures_total{work="session.relay"} 1');
  });
});
