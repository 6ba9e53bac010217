import { type OutgoingMessage, type Region, type TenantId, instant } from '@voltledger/kernel';

/** Something that carries messages. */
export interface Contestant {
  readonly name: string;
  /** Durable when it resolves. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  /** Resolves when all that was published can be read. */
  readable(count: number): Promise<void>;
  /** Reads so many from the first on. */
  drain(count: number): Promise<void>;
  close(): Promise<void>;
}

export const TOPIC = 'bench.events.v1';
const KEYS = 500;
const RECORDED_AT = instant('2026-03-05T11:00:00Z');

/** As large as a meter value on its way: some 300 bytes of data. */
export function messages(count: number): OutgoingMessage[] {
  const padding = 'x'.repeat(220);
  return Array.from({ length: count }, (_, index) => ({
    id: `message-${index}`,
    topic: TOPIC,
    key: `session-${index % KEYS}`,
    type: 'MeterValueRecorded',
    schemaVersion: 1,
    data: {
      sessionId: `session-${index % KEYS}`,
      register: index,
      measuredAt: RECORDED_AT,
      padding,
    },
    causationId: `cause-${index}`,
    correlationId: `session-${index % KEYS}`,
    tenant: 'tenant' as TenantId,
    region: 'region' as Region,
    recordedAt: RECORDED_AT,
  }));
}
