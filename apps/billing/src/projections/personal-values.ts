import { type Authorization } from '@voltledger/contracts';

/** Everything that names the holder of a token, as it was spelled; each once. */
export function personalValues(
  uid: string,
  authorizations: readonly Authorization[],
): readonly string[] {
  return [...new Set([uid, ...authorizations.flatMap(namedIn)])];
}

function namedIn({ token, payer }: Authorization): string[] {
  const { uid, contractId, visualNumber } = token;
  const identification = payer.kind === 'oicp' ? payer.identification : undefined;
  const named = identification?.kind === 'rfid' ? identification.uid : identification?.evcoId;
  return [uid, contractId, visualNumber, named].filter((value) => value !== undefined);
}
