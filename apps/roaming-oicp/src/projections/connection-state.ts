import { Inject, Injectable } from '@nestjs/common';
import { CONNECTION, type Connection } from '../config';
import { BrokerMirror, type MirrorSummary } from './broker-mirror';
import { type Exchange, Exchanges } from './exchanges';
import { type FullLoad, FullLoads } from './full-loads';

type Newest = Pick<Exchange, 'operation' | 'at' | 'code' | 'succeeded'> & {
  readonly processId: string | null;
};

export interface ShownState {
  readonly evses: MirrorSummary;
  readonly fullLoads: FullLoad[];
  /** The newest exchange of each operation. */
  readonly newest: Newest[];
}

/** How the connection does, from what was exchanged and acknowledged. */
@Injectable()
export class ConnectionState {
  constructor(
    @Inject(BrokerMirror) private readonly mirror: BrokerMirror,
    @Inject(FullLoads) private readonly loads: FullLoads,
    @Inject(Exchanges) private readonly exchanges: Exchanges,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async show(): Promise<ShownState> {
    const { called, served } = this.connection.oicp;
    const names = [...Object.values(called), ...Object.values(served)].map(({ name }) => name);
    const newest = await this.exchanges.newest(names);
    return {
      evses: await this.mirror.summary(),
      fullLoads: await this.loads.all(),
      newest: newest.map(({ operation, at, code, succeeded, processId }) => ({
        operation,
        at,
        code,
        succeeded,
        processId: processId ?? null,
      })),
    };
  }
}
