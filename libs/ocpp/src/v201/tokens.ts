import { type Refusal, type TokenRef } from '@voltledger/contracts';
import { type IdTokenInfoType, type IdTokenType } from 'typed-ocpp/dist/ocpp20/types.js';
import { type AuthorizeReport, type Verdict } from '../reports';

const GROUP_MAX = 36;

const TYPES: Readonly<Record<IdTokenType['type'], TokenRef['type'] | undefined>> = {
  Central: 'APP_USER',
  eMAID: 'EMAID',
  ISO14443: 'RFID',
  ISO15693: 'RFID',
  KeyCode: 'OTHER',
  Local: 'OTHER',
  MacAddress: 'OTHER',
  NoAuthorization: undefined,
};

const SPELLING: Readonly<Record<TokenRef['type'], IdTokenType['type']>> = {
  AD_HOC_USER: 'Central',
  APP_USER: 'Central',
  EMAID: 'eMAID',
  OTHER: 'Central',
  RFID: 'ISO14443',
};

export function tokenOf(idToken: IdTokenType | undefined): AuthorizeReport {
  if (!idToken) return { presents: 'nothing' };
  const type = TYPES[idToken.type];
  if (!type) return { presents: 'anybody' };
  if (idToken.idToken === '') return { presents: 'empty' };
  return { presents: 'token', token: { uid: idToken.idToken, type } };
}

export const idTokenOf = ({ uid, type }: TokenRef): IdTokenType => ({
  idToken: uid,
  type: SPELLING[type],
});

const STATUSES: Readonly<Record<Refusal, IdTokenInfoType['status']>> = {
  UNKNOWN: 'Unknown',
  BLOCKED: 'Blocked',
  EXPIRED: 'Expired',
  NO_CREDIT: 'NoCredit',
  NOT_ALLOWED_HERE: 'NotAtThisLocation',
  UNAVAILABLE: 'Invalid',
};

export function idTokenInfo(verdict: Verdict): IdTokenInfoType {
  if (verdict.status === 'refused') return { status: STATUSES[verdict.refusal] };
  const { groupId } = verdict;
  const told = groupId !== undefined && groupId.length <= GROUP_MAX;
  return {
    status: 'Accepted',
    ...(told && { groupIdToken: { idToken: groupId, type: 'Central' } }),
  };
}
