import { type Payer } from '@voltledger/contracts';
import { DomainError } from '@voltledger/kernel';
import { z } from 'zod';
import { checkedContractId, normalizedUid } from '../shared/identifiers';
import { contractIdText, memberCount, uidText } from './scalars';

type OicpPayer = Extract<Payer, { kind: 'oicp' }>;
/** Who charges, as a session remembers it. */
export type DriverIdentification = OicpPayer['identification'];

const rfidFamily = z.strictObject({ UID: uidText });
const contract = z.strictObject({ EvcoID: contractIdText });

const qrCode = z
  .strictObject({
    EvcoID: contractIdText,
    PIN: z.string().max(20).optional(),
    HashedPIN: z
      .strictObject({
        Value: z.string().regex(/^[0-9A-Za-z\\.+/=$]{10,100}$/, 'must be a hash'),
        Function: z.literal('Bcrypt'),
        LegacyHashData: z.looseObject({}).optional(),
      })
      .optional(),
  })
  .refine(
    ({ PIN, HashedPIN }) => (PIN === undefined) !== (HashedPIN === undefined),
    'must have either a PIN or a HashedPIN',
  );

const rfid = z.strictObject({
  UID: uidText,
  EvcoID: contractIdText.optional(),
  RFID: z.enum(['mifareCls', 'mifareDes', 'calypso', 'nfc', 'mifareFamily']),
  PrintedNumber: z.string().max(150).optional(),
  ExpiryDate: z.string().optional(),
});

/** Exactly one member (OICP-IDN-01). */
export const identification = z
  .strictObject({
    RFIDMifareFamilyIdentification: rfidFamily.optional(),
    RFIDIdentification: rfid.optional(),
    QRCodeIdentification: qrCode.optional(),
    PlugAndChargeIdentification: contract.optional(),
    RemoteIdentification: contract.optional(),
  })
  .refine((value) => memberCount(value) === 1, 'must have exactly one member');

export type Identification = z.output<typeof identification>;

/** As the session was started, in every later message about it (OICP-IDN-10). */
export function identificationOf(driver: DriverIdentification): Identification {
  switch (driver.kind) {
    case 'rfid':
      return { RFIDMifareFamilyIdentification: { UID: driver.uid } };
    case 'plug-and-charge':
      return { PlugAndChargeIdentification: { EvcoID: driver.evcoId } };
    case 'remote':
      return { RemoteIdentification: { EvcoID: driver.evcoId } };
  }
}

/**
 * A token presented at a station, as it can be asked about over OICP (part 22.7). OCPP 1.6 does not
 * say what kind of token it is (`OTHER`): it is what it looks like.
 *
 * @throws DomainError OICP_TOKEN_NOT_SENDABLE: OICP has no form for it; nobody is asked.
 */
export function presentedToken(token: { uid: string; type: string }): DriverIdentification {
  const isOther = token.type === 'OTHER';
  const uid = token.type === 'RFID' || isOther ? normalizedUid(token.uid) : undefined;
  if (uid !== undefined) return { kind: 'rfid', uid };
  const evcoId = token.type === 'EMAID' || isOther ? checkedContractId(token.uid) : undefined;
  if (evcoId !== undefined) return { kind: 'plug-and-charge', evcoId };
  throw new DomainError('OICP_TOKEN_NOT_SENDABLE', 'OICP has no form for this token.', {
    type: token.type,
    length: token.uid.length,
  });
}
