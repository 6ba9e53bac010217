import { type Cdr } from '@voltledger/contracts';
import { type ChargeDetailRecord, SIGNED_VALUES_MAX } from './charge-detail-record.schema';

const PUBLIC_KEY_LENGTH_MAX = 1_000;
const FORMAT_LENGTH_MAX = 50;

type SignedReading = Cdr['signedData'][number];
type SignedFields = Pick<
  ChargeDetailRecord,
  'SignedMeteringValues' | 'CalibrationLawVerificationInfo'
>;

/**
 * The calibration-law part of a CDR: every signed value byte for byte, in order, at most ten; of
 * more, the first and the last are kept and those between are thinned evenly (part 12).
 */
export function signedFieldsOf(signedData: Cdr['signedData']): SignedFields {
  const inOrder = [...signedData].sort((one, other) =>
    one.measuredAt < other.measuredAt ? -1 : 1,
  );
  const last = inOrder.at(-1);
  if (!last) return {};
  const { publicKey, encodingMethod } = last.signed;
  return {
    SignedMeteringValues: thinned(inOrder).map(({ signed }, index, kept) => ({
      SignedMeteringValue: signed.data,
      MeteringStatus: statusAt(index, kept.length),
    })),
    CalibrationLawVerificationInfo: {
      // A key cut short verifies nothing: one that does not fit is left out.
      ...(publicKey.length <= PUBLIC_KEY_LENGTH_MAX && publicKey && { PublicKey: publicKey }),
      ...(encodingMethod.length <= FORMAT_LENGTH_MAX &&
        encodingMethod && { MeteringSignatureEncodingFormat: encodingMethod }),
    },
  };
}

/** A record that stands alone closes the session: it holds both readings. */
function statusAt(index: number, count: number): 'Start' | 'Progress' | 'End' {
  if (index === count - 1) return 'End';
  return index === 0 ? 'Start' : 'Progress';
}

function thinned(readings: readonly SignedReading[]): readonly SignedReading[] {
  if (readings.length <= SIGNED_VALUES_MAX) return readings;
  const step = (readings.length - 1) / (SIGNED_VALUES_MAX - 1);
  const kept = Array.from({ length: SIGNED_VALUES_MAX }, (_, place) => Math.round(place * step));
  return readings.filter((_, index) => kept.includes(index));
}
