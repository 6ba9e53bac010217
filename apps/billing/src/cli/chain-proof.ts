import { type CdrSeal } from '@voltledger/contracts';
import { NO_HASH, linkHash } from '../outbound/chain-hash';

export interface ChainLink {
  readonly cdrId: string;
  readonly seal: CdrSeal;
}

/** A link whose hash somebody wrote down elsewhere: whoever rewrites the chain cannot rewrite that. */
export interface Anchor {
  readonly sequence: number;
  readonly hash: string;
}

/** Follows the chain from its first link: no hole, no fork, every link tied to the one before. */
export class ChainProof {
  private last: Anchor = { sequence: 0, hash: NO_HASH };
  private anchorFound = false;

  constructor(private readonly anchor?: Anchor) {}

  get head(): Anchor {
    return this.last;
  }

  /** The next link in the order of the chain. @returns one line per problem. */
  follow({ cdrId, seal }: ChainLink): string[] {
    const where = `sequence ${seal.sequence}, CDR ${cdrId}`;
    const problems: string[] = [];
    if (seal.sequence !== this.last.sequence + 1)
      problems.push(
        `${where}: comes after sequence ${this.last.sequence}; what is between is gone`,
      );
    else if (seal.previousHash !== this.last.hash)
      problems.push(`${where}: is not tied to the link before it`);
    if (linkHash(seal.previousHash, seal.contentHash) !== seal.hash)
      problems.push(`${where}: its hash does not fit`);
    if (seal.sequence === this.anchor?.sequence) {
      this.anchorFound = true;
      if (seal.hash !== this.anchor.hash) problems.push(`${where}: is not the link of the anchor`);
    }
    this.last = { sequence: seal.sequence, hash: seal.hash };
    return problems;
  }

  /** After the last link. */
  end(): string[] {
    return this.anchor && !this.anchorFound
      ? [`sequence ${this.anchor.sequence}: the link of the anchor is gone`]
      : [];
  }
}
