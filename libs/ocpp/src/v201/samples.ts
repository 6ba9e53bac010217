import { type SignedMeterData } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import {
  type MeterValueType,
  type SampledValueType,
  type SignedMeterValueType,
} from 'typed-ocpp/dist/ocpp20/types.js';
import { type SampleSet } from '../reports';
import { shifted } from '../shared/decimal-text';
import {
  DEFAULT_LOCATION,
  DEFAULT_MEASURAND,
  type Sample,
  contextOf,
  defaultUnit,
} from '../shared/sample';
import { sampleSets } from '../shared/sample-sets';

export const samplesOf = (values: readonly MeterValueType[] = []): SampleSet[] =>
  sampleSets(
    values.flatMap(({ timestamp, sampledValue }) =>
      sampledValue.map((sampled) => sampleOf(timestamp, sampled)),
    ),
  );

function sampleOf(timestamp: string, sampled: SampledValueType): Sample {
  const { measurand = DEFAULT_MEASURAND, location = DEFAULT_LOCATION, phase } = sampled;
  const { unit = defaultUnit(measurand), multiplier = 0 } = sampled.unitOfMeasure ?? {};
  const value = shifted(String(sampled.value), multiplier);
  const signed = signedData(sampled.signedMeterValue);
  return {
    measuredAt: instant(timestamp),
    context: contextOf(sampled.context),
    measurand,
    location,
    unit,
    ...(phase && { phase }),
    ...(value !== undefined && { value }),
    ...(signed && { signed }),
  };
}

/** Byte for byte; an empty record is none. Unknown methods pass (OCPP-J-MV-11). */
function signedData(signed: SignedMeterValueType | undefined): SignedMeterData | undefined {
  if (!signed || signed.signedMeterData === '') return undefined;
  const { signedMeterData: data, encodingMethod, signingMethod, publicKey } = signed;
  return { data, encodingMethod, signingMethod, publicKey };
}
