import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type SessionId } from '@voltledger/kernel';
import { startUnknown } from '../domain/errors';
import { type RemoteStart } from '../domain/remote-start';
import { Streams } from './streams';

export interface StartShown {
  readonly status: Exclude<RemoteStart['status'], 'none'>;
  readonly sessionId?: SessionId;
}

export class ShowStart extends Query<StartShown> {
  constructor(readonly startId: string) {
    super();
  }
}

@QueryHandler(ShowStart)
export class ShowStartHandler implements IQueryHandler<ShowStart> {
  constructor(private readonly streams: Streams) {}

  /** @throws DomainError START_UNKNOWN */
  async execute({ startId }: ShowStart): Promise<StartShown> {
    const start = await this.streams.startNow(startId);
    if (start.status === 'none') throw startUnknown(startId);
    if (start.status === 'fulfilled') return start;
    return { status: start.status };
  }
}
