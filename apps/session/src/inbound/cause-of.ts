import { type Cause, type Message } from '@voltledger/kernel';

type Told = Pick<Message, 'id' | 'correlationId' | 'tenant' | 'region'>;

/** The message is the cause of what it leads to: a stream answers it once. */
export const causeOf = ({ id, correlationId, tenant, region }: Told): Cause => ({
  causationId: id,
  correlationId,
  tenant,
  region,
});
