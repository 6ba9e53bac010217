import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { hashOf, matches, unmatchable } from './password-hash';

const REMEMBERED_MAX = 50_000;
/** Hashes worked on at a time: a mass reconnect must not starve everything else (OCPP-J-CONN-17). */
const AT_A_TIME = 4;

/**
 * Checks station passwords. What was right once is recognised by a keyed digest, so that stations
 * that come back cost nothing; neither password nor digest key leave this process.
 */
@Injectable()
export class Credentials {
  private readonly key = randomBytes(32);
  private readonly verified = new LRUCache<string, true>({ max: REMEMBERED_MAX });
  private readonly waiting: (() => void)[] = [];
  private working = 0;

  async hash(password: string): Promise<string> {
    const stored = await this.paced(() => hashOf(password));
    this.verified.set(this.digest(Buffer.from(password, 'utf8'), stored), true);
    return stored;
  }

  /** Whether it was seen to be right before: cheap, and safe to ask at any rate. */
  known(presented: Buffer, stored: string): boolean {
    return this.verified.has(this.digest(presented, stored));
  }

  /** `stored` undefined: there is nothing to match, which takes as long to find out. */
  async verify(presented: Buffer, stored: string | undefined): Promise<boolean> {
    if (stored !== undefined && this.known(presented, stored)) return true;
    const right = await this.paced(() => matches(presented, stored ?? unmatchable));
    if (right && stored !== undefined) this.verified.set(this.digest(presented, stored), true);
    return right && stored !== undefined;
  }

  private digest(presented: Buffer, stored: string): string {
    return createHmac('sha256', this.key).update(stored).update(presented).digest('base64');
  }

  private async paced<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.working >= AT_A_TIME)
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    else this.working += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.working -= 1;
    }
  }
}
