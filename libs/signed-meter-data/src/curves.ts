/** One elliptic curve as the formats, OpenSSL and X.690 call it. */
export interface Curve {
  /** OpenSSL's name, as Node reports a key's. */
  readonly openssl: string;
  /** Content bytes of its object identifier, hexadecimal. */
  readonly oid: string;
  /** Bytes of a coordinate, and of r and s. */
  readonly size: number;
  /** The spellings found in records, lower case. */
  readonly names: readonly string[];
}

export const CURVES: readonly Curve[] = [
  {
    ...{ openssl: 'prime192v1', oid: '2a8648ce3d030101', size: 24 },
    names: ['secp192r1', 'prime192v1'],
  },
  { openssl: 'secp192k1', oid: '2b8104001f', size: 24, names: ['secp192k1'] },
  {
    ...{ openssl: 'prime256v1', oid: '2a8648ce3d030107', size: 32 },
    names: ['secp256r1', 'prime256v1'],
  },
  { openssl: 'secp256k1', oid: '2b8104000a', size: 32, names: ['secp256k1'] },
  { openssl: 'secp384r1', oid: '2b81040022', size: 48, names: ['secp384r1'] },
  { openssl: 'secp521r1', oid: '2b81040023', size: 66, names: ['secp521r1'] },
  {
    ...{ openssl: 'brainpoolP256r1', oid: '2b2403030208010107', size: 32 },
    names: ['brainpool256r1', 'brainpoolp256r1'],
  },
  {
    ...{ openssl: 'brainpoolP384r1', oid: '2b240303020801010b', size: 48 },
    names: ['brainpool384r1', 'brainpoolp384r1'],
  },
  {
    ...{ openssl: 'brainpoolP512r1', oid: '2b240303020801010d', size: 64 },
    names: ['brainpool512r1', 'brainpoolp512r1'],
  },
];

export const curveNamed = (name: string): Curve | undefined =>
  CURVES.find(({ names }) => names.includes(name.toLowerCase()));

export const curveOfOpenssl = (name: string | undefined): Curve | undefined =>
  CURVES.find(({ openssl }) => openssl === name);
