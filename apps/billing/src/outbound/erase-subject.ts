import { Inject, Injectable } from '@nestjs/common';
import {
  type SubjectEvent,
  type SubjectName,
  erasureSubject,
  messageFor,
  sessionSubject,
  subjectEvents,
  tokenSubject,
} from '@voltledger/contracts';
import {
  type Clock,
  type Instant,
  type OutgoingMessage,
  type Transaction,
  epochMillis,
  plusMillis,
} from '@voltledger/kernel';
import {
  CLOCK,
  PERSONAL_DATA,
  type PersonalData,
  SUBJECT_KEYS,
  type SubjectKeyring,
  derivedUuid,
  isMark,
} from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import {
  type Erasure,
  type ErasureReason,
  keepErased,
  keepReasons,
  keepState,
  servicesDone,
} from '../projections/erasures.table';
import { personalValues } from '../projections/personal-values';
import { type SessionOfToken, sessionsOfToken } from '../projections/sessions-of-token';

const DAY_MS = 86_400_000;

/**
 * Erases a person step by step; each may be repeated, and is after a crash: wait until nothing about
 * the sessions is open, destroy the keys, have every service look through its tables, and again when
 * no process can have a key in memory any more, then destroy what was needed to look.
 */
@Injectable()
export class EraseSubject {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PERSONAL_DATA) private readonly personal: PersonalData,
    @Inject(SUBJECT_KEYS) private readonly keys: SubjectKeyring | undefined,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns what the others have to hear, when the transaction commits. */
  async next(tx: Transaction, sealed: Erasure): Promise<OutgoingMessage[]> {
    if (!this.keys) return [];
    return this.step(tx, await this.personal.open(sealed), this.keys);
  }

  private step(
    tx: Transaction,
    erasure: Erasure,
    keys: SubjectKeyring,
  ): Promise<OutgoingMessage[]> {
    switch (erasure.state) {
      case 'waiting':
        return this.eraseOrWait(tx, erasure, keys);
      case 'erased':
        return this.lookAgain(tx, erasure, keys);
      case 'swept':
        return this.complete(tx, erasure, keys);
      case 'completed':
        return Promise.resolve([]);
    }
  }

  private async eraseOrWait(
    tx: Transaction,
    erasure: Erasure,
    keys: SubjectKeyring,
  ): Promise<OutgoingMessage[]> {
    const [uid = ''] = valuesOf(erasure);
    const sessions = await sessionsOfToken(tx, uid);
    const now = this.clock();
    const reasons = sessions.flatMap((session) => this.reason(session, now));
    if (reasons.length > 0) {
      await keepReasons(tx, erasure.erasureId, reasons);
      return [];
    }
    const sessionIds = sessions.map(({ sessionId }) => sessionId);
    const values = personalValues(
      uid,
      sessions.map((each) => each.authorization),
    );
    await keys.destroy([...tokens(values), ...sessionIds.map(sessionSubject)]);
    const erased = { ...erasure, sessionIds, personal: JSON.stringify(values) };
    await keepErased(tx, await this.personal.seal(erased), now);
    return [told(erased, subjectErased(erased, 1, now), now)];
  }

  /** Once more when every process has forgotten the keys: what was under way has been written. */
  private async lookAgain(
    tx: Transaction,
    erasure: Erasure,
    keys: SubjectKeyring,
  ): Promise<OutgoingMessage[]> {
    const now = this.clock();
    const forgotten = plusMillis(erasure.erasedAt ?? now, 2 * keys.keptMs);
    if (now < forgotten || !(await this.allDone(tx, erasure, 1))) return [];
    await keepState(tx, erasure.erasureId, 'swept', now);
    return [told(erasure, subjectErased(erasure, 2, now), now)];
  }

  private async complete(
    tx: Transaction,
    erasure: Erasure,
    keys: SubjectKeyring,
  ): Promise<OutgoingMessage[]> {
    if (!(await this.allDone(tx, erasure, 2))) return [];
    const { erasureId } = erasure;
    const now = this.clock();
    // Read again after a crash in between, there is nothing left to release.
    await keys.release(tokens(valuesOf(erasure)));
    await keys.destroy([erasureSubject(erasureId)]);
    await keepState(tx, erasureId, 'completed', now);
    return [told(erasure, { type: 'ErasureCompleted', data: { erasureId, at: now } }, now)];
  }

  private async allDone(tx: Transaction, { erasureId }: Erasure, pass: number): Promise<boolean> {
    const done = await servicesDone(tx, erasureId, pass);
    return this.config.BILLING_ERASING_SERVICES.every((name) => done.includes(name));
  }

  private reason({ sessionId, blocked, endedAt }: SessionOfToken, now: Instant): ErasureReason[] {
    if (blocked) return [{ code: blocked, sessionId }];
    const days = this.config.BILLING_ERASURE_BLOCKED_DAYS;
    const until = plusMillis(endedAt ?? now, days * DAY_MS);
    return epochMillis(until) > epochMillis(now) ? [{ code: 'RETENTION', sessionId, until }] : [];
  }
}

const valuesOf = ({ personal }: Erasure): string[] =>
  isMark(personal) ? [] : (JSON.parse(personal) as string[]);

const tokens = (values: readonly string[]): SubjectName[] => values.map(tokenSubject);

const subjectErased = (
  { erasureId, personal, sessionIds }: Erasure,
  pass: 1 | 2,
  at: Instant,
): SubjectEvent => ({
  type: 'SubjectErased',
  data: {
    ...{ erasureId, pass, personal, sessionIds: [...sessionIds], at },
    mark: `erased-${erasureId.replaceAll('-', '').slice(0, 12)}`,
  },
});

const told = ({ erasureId, cause }: Erasure, event: SubjectEvent, at: Instant) =>
  messageFor(subjectEvents, {
    id: derivedUuid(
      'erasure',
      erasureId,
      event.type,
      'pass' in event.data ? String(event.data.pass) : '',
    ),
    key: erasureId,
    ...{ event, recordedAt: at, ...cause },
  });
