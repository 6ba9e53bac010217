import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Cause, type Clock, epochMillis } from '@voltledger/kernel';
import { derivedUuid, newUuid } from '../identity';
import { CLOCK, SCOPE, type Scope } from '../tokens';
import { ApiKeys } from './api-keys';
import { keyMissing, keyUnknown, roleMissing, tooManyWrongKeys } from './edge-refusals';
import { type Caller, type EdgeRequest, headerOf } from './http-message';
import { idempotencyKeyOf } from './idempotency-key';
import { OPERATION, type OperationDescription } from './operation';
import { correlationIdOf } from './request-id';
import { mayUse } from './role';
import { WrongKeys } from './wrong-keys';

/** Lets in who shows a key with a role of the operation. Without `@Operation` nobody gets in. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly wrong = new WrongKeys();

  constructor(
    private readonly keys: ApiKeys,
    private readonly reflector: Reflector,
    @Inject(SCOPE) private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<EdgeRequest>();
    const operation = this.reflector.get<OperationDescription | undefined>(
      OPERATION,
      context.getHandler(),
    );
    const caller = await this.caller(request);
    if (!operation || !mayUse(caller.roles, operation.roles))
      throw roleMissing(operation?.roles ?? []);
    request.caller = caller;
    request.cause = this.cause(request, caller);
    return true;
  }

  private async caller(request: EdgeRequest): Promise<Caller> {
    const [, key] = /^Bearer +(\S+) *$/i.exec(headerOf(request, 'authorization') ?? '') ?? [];
    if (key === undefined) throw keyMissing();
    const now = epochMillis(this.clock());
    const wait = this.wrong.waitFor(request.ip, key, now);
    if (wait > 0) throw tooManyWrongKeys(wait);
    const caller = await this.keys.callerOf(key);
    if (!caller) {
      this.wrong.wasWrong(request.ip, now);
      throw keyUnknown();
    }
    this.wrong.wasRight(key, now);
    return caller;
  }

  private cause(request: EdgeRequest, { keyId }: Caller): Cause {
    const key = idempotencyKeyOf(request);
    return {
      causationId: key === undefined ? newUuid() : derivedUuid('request', keyId, key),
      correlationId: correlationIdOf(request),
      ...this.scope,
    };
  }
}
