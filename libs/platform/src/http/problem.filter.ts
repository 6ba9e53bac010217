import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Inject,
  Injectable,
} from '@nestjs/common';
import { NotReady } from '../telemetry/telemetry.controller';
import { REPORTS, type Reports } from '../telemetry/reports';
import { RecordedRefusal } from './edge-refusals';
import { type EdgeReply, type EdgeRequest } from './http-message';
import { HTTP_STATUSES } from './idempotency.interceptor';
import { type HttpStatuses, isUnlisted, problemFrom } from './problem';
import { correlationIdOf } from './request-id';

/** The last to catch: every error leaves as `application/problem+json`, without a stack. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter<unknown> {
  constructor(
    @Inject(HTTP_STATUSES) private readonly statuses: HttpStatuses,
    @Inject(REPORTS) private readonly reports: Reports,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<EdgeRequest>();
    const reply = host.switchToHttp().getResponse<EdgeReply>();
    if (reply.sent) return;
    if (error instanceof NotReady) {
      reply.status(503).send(error.readiness);
      return;
    }
    const problem =
      error instanceof RecordedRefusal
        ? error.problem
        : problemFrom(error, this.statuses, request.id);
    if (problem.status === 500 || isUnlisted(error, this.statuses)) this.report(error, request);
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="voltledger"');
    const wait = problem.facts?.['retryAfterSeconds'];
    if (typeof wait === 'number') reply.header('retry-after', String(wait));
    reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  }

  private report(error: unknown, request: EdgeRequest): void {
    this.reports.report(error, {
      work: 'http',
      correlationId: correlationIdOf(request),
      facts: { requestId: request.id, method: request.method, path: pathOf(request.url) },
    });
  }
}

/** Without the query: it may hold what is nobody's business. */
const pathOf = (url: string): string => url.split('?')[0] ?? url;
