import { DataSource } from 'typeorm';
import { type Pool as PgPool } from 'pg';
import { type ConnectionOptions, Connections, connectionSettings } from './connections';

type Pool = InstanceType<typeof PgPool>;
export type DatabaseOptions = ConnectionOptions;

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 15_000;

/** PostgreSQL through TypeORM's data source and its pool. */
export class PgDatabase extends Connections {
  private constructor(
    /** For repositories, where a table has an entity. */
    readonly dataSource: DataSource,
    pool: Pool,
  ) {
    super(pool);
  }

  static async open(options: DatabaseOptions): Promise<PgDatabase> {
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.name ?? 'voltledger',
      poolSize: options.poolSize ?? POOL_SIZE,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      poolErrorHandler: options.report ?? (() => undefined),
      installExtensions: false,
      extra: connectionSettings(options),
    });
    await dataSource.initialize();
    return new PgDatabase(dataSource, (dataSource.driver as unknown as { master: Pool }).master);
  }

  override async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
