import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@voltledger/kernel';
import { type Observable, lastValueFrom, of } from 'rxjs';
import {
  RecordedRefusal,
  answerNotKept,
  idempotencyKeyReused,
  requestInWork,
} from './edge-refusals';
import { type EdgeReply, type EdgeRequest } from './http-message';
import { idempotencyKeyOf, requestHash } from './idempotency-key';
import {
  IdempotencyRecords,
  type IdempotentRequest,
  type RecordedAnswer,
} from './idempotency-records';
import { OPERATION, type OperationDescription, statusOf } from './operation';
import { type HttpStatuses, type Problem, problemFrom } from './problem';

export const HTTP_STATUSES = Symbol('HttpStatuses');

/**
 * The same `Idempotency-Key` with the same request gets the same answer, and the work is done once.
 * Successes and refusals are kept; after invalid input or a failure of ours the key is free again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly records: IdempotencyRecords,
    private readonly reflector: Reflector,
    @Inject(HTTP_STATUSES) private readonly statuses: HttpStatuses,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<EdgeRequest>();
    const key = idempotencyKeyOf(request);
    if (key === undefined || !request.caller) return next.handle();
    const once = { caller: request.caller.keyId, key, hash: requestHash(request) };
    const claim = await this.records.claim(once);
    switch (claim.kind) {
      case 'other-request':
        throw idempotencyKeyReused(key);
      case 'in-work':
        throw requestInWork(key);
      case 'answered':
        context.switchToHttp().getResponse<EdgeReply>().header('idempotency-replayed', 'true');
        return of(again(claim.answer, key));
      case 'yours':
        return of(await this.answered(once, request, next, this.operation(context)));
    }
  }

  private async answered(
    once: IdempotentRequest,
    request: EdgeRequest,
    next: CallHandler,
    operation: OperationDescription,
  ): Promise<unknown> {
    const body = await this.handled(once, request, next);
    const secret = operation.answerIsSecret ?? false;
    await this.records.keep(once, {
      status: statusOf(operation),
      body: secret ? undefined : body,
      secret,
    });
    return body;
  }

  private async handled(
    once: IdempotentRequest,
    request: EdgeRequest,
    next: CallHandler,
  ): Promise<unknown> {
    try {
      return await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      const refusal = problemFrom(error, this.statuses, request.id);
      if (error instanceof DomainError && refusal.status < 500)
        await this.records.keep(once, { status: refusal.status, body: refusal, secret: false });
      else await this.records.release(once);
      throw error;
    }
  }

  private operation(context: ExecutionContext): OperationDescription {
    return this.reflector.get<OperationDescription>(OPERATION, context.getHandler());
  }
}

function again({ status, body, secret }: RecordedAnswer, key: string): unknown {
  if (secret) throw answerNotKept(key);
  if (status >= 400) throw new RecordedRefusal(body as Problem);
  return body ?? undefined;
}
