import { Inject, Injectable } from '@nestjs/common';
import { type Cdr, type CdrSeal, type DisputeResolution } from '@voltledger/contracts';
import { type Revision, type SessionId, type Transaction } from '@voltledger/kernel';
import { DATABASE, type Database, PERSONAL_DATA, type PersonalData } from '@voltledger/platform';
import { sealAfter } from './chain-hash';

/** What is said about a CDR besides its content, kept so that anybody can finish what was begun. */
export interface LinkIntent {
  readonly basis?: { readonly endRevision: Revision; readonly ratedRevision: Revision };
  readonly reason?: string;
  readonly by?: string;
  readonly key?: string;
  readonly reratingId?: string;
  readonly resolution?: DisputeResolution;
  /** The request of a person that led here, to answer it once. */
  readonly request?: string;
}

export interface NewLink {
  readonly cdr: Cdr;
  readonly intent: LinkIntent;
}

export interface Link extends NewLink {
  readonly seal: CdrSeal;
}

interface Row {
  readonly sequence: number;
  readonly cdr: Cdr;
  readonly intent: LinkIntent;
  readonly content_hash: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** Any number that nothing else in the database uses: one writer at a time. */
const CHAIN_LOCK = 7_101_202_611;
const COLUMNS = 'sequence, cdr, intent, content_hash, previous_hash, hash';

/** The chain that ties every CDR to the one issued before it. Links are added, never changed. */
@Injectable()
export class CdrChain {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PERSONAL_DATA) private readonly personal: PersonalData,
  ) {}

  /**
   * Gives each CDR its place, all or none, durable when it resolves. A CDR that has a place keeps
   * it, with the content and the date it was given the first time. Who charged is sealed, and the
   * hash is over the sealed form: it can still be proven when that person is erased.
   */
  async reserve(wanted: readonly NewLink[]): Promise<Link[]> {
    const links = await this.personal.seal(wanted);
    const sealed = await this.database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
      const reserved: Link[] = [];
      for (const link of links) reserved.push((await known(tx, link)) ?? (await added(tx, link)));
      return reserved;
    });
    return this.personal.open(sealed);
  }

  async ofSession(sessionId: SessionId): Promise<Link[]> {
    const rows = await this.database.query<Row>(
      `select ${COLUMNS} from billing.cdr_chain where session_id = $1 order by sequence`,
      [sessionId],
    );
    return this.personal.open(rows.map(linkOf));
  }
}

async function known(tx: Transaction, { cdr }: NewLink): Promise<Link | undefined> {
  const [row] = await tx.query<Row>(
    `select ${COLUMNS} from billing.cdr_chain where lower(cdr_id) = lower($1)`,
    [cdr.cdrId],
  );
  return row && linkOf(row);
}

async function added(tx: Transaction, { cdr, intent }: NewLink): Promise<Link> {
  const [last] = await tx.query<Pick<Row, 'sequence' | 'hash'>>(
    'select sequence, hash from billing.cdr_chain order by sequence desc limit 1',
  );
  const seal = sealAfter(last, cdr);
  await tx.query(
    `insert into billing.cdr_chain
       (sequence, cdr_id, session_id, cdr, intent, content_hash, previous_hash, hash, issued_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[seal.sequence, cdr.cdrId, cdr.sessionId, cdr, intent],
      ...[seal.contentHash, seal.previousHash, seal.hash, cdr.issuedAt],
    ],
  );
  return { cdr, intent, seal };
}

const linkOf = ({ cdr, intent, sequence, ...hashes }: Row): Link => ({
  ...{ cdr, intent },
  seal: {
    ...{ sequence, contentHash: hashes.content_hash },
    ...{ previousHash: hashes.previous_hash, hash: hashes.hash },
  },
});
