import { type Refusal } from '@voltledger/contracts';
import { type AuthorizeReport, type Verdict } from '../reports';

const PARENT_MAX = 20;

/** A 1.6 idTag has no type: `OTHER` has the session service try them all (OCPP-1.6-AUTH-01). */
export function tokenOf(idTag: string | undefined): AuthorizeReport {
  if (idTag === undefined) return { presents: 'nothing' };
  if (idTag === '') return { presents: 'empty' };
  return { presents: 'token', token: { uid: idTag, type: 'OTHER' } };
}

interface IdTagInfo {
  status: 'Accepted' | 'Blocked' | 'Expired' | 'Invalid';
  parentIdTag?: string;
}

const STATUSES: Readonly<Record<Refusal, IdTagInfo['status']>> = {
  UNKNOWN: 'Invalid',
  BLOCKED: 'Blocked',
  EXPIRED: 'Expired',
  NO_CREDIT: 'Blocked',
  NOT_ALLOWED_HERE: 'Invalid',
  UNAVAILABLE: 'Invalid',
};

export function idTagInfo(verdict: Verdict): IdTagInfo {
  if (verdict.status === 'refused') return { status: STATUSES[verdict.refusal] };
  const { groupId } = verdict;
  const told = groupId !== undefined && groupId.length <= PARENT_MAX;
  return { status: 'Accepted', ...(told && { parentIdTag: groupId }) };
}
