import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { type Cause } from '@voltledger/kernel';
import { type Caller, type EdgeRequest } from './http-message';

const requestOf = (context: ExecutionContext): EdgeRequest =>
  context.switchToHttp().getRequest<EdgeRequest>();

function guarded<Value>(value: Value | undefined, decorator: string): Value {
  if (value === undefined) throw new Error(`${decorator} works only in classes with @OperatorApi`);
  return value;
}

/**
 * The `Cause` of what a request changes. Its causation id derives from the caller and the
 * `Idempotency-Key`, so a stream answers a repeated command once, even after a crash in the middle.
 */
export const RequestCause = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Cause =>
    guarded(requestOf(context).cause, '@RequestCause'),
);

/** The key that was shown. */
export const RequestCaller = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Caller =>
    guarded(requestOf(context).caller, '@RequestCaller'),
);
