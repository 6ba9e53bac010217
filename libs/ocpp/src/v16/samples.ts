import { instant } from '@voltledger/kernel';
import { type MeterValuesRequest } from 'typed-ocpp/dist/ocpp16/types.js';
import { type SampleSet } from '../reports';
import { spelledDecimal } from '../shared/decimal-text';
import {
  DEFAULT_LOCATION,
  DEFAULT_MEASURAND,
  type Sample,
  contextOf,
  defaultUnit,
} from '../shared/sample';
import { sampleSets } from '../shared/sample-sets';
import { signedValue } from './signed-value';

type MeterValue = MeterValuesRequest['meterValue'][number];
type SampledValue = MeterValue['sampledValue'][number];

export const samplesOf = (values: readonly MeterValue[]): SampleSet[] =>
  sampleSets(
    values.flatMap(({ timestamp, sampledValue }) =>
      sampledValue.map((sampled) => sampleOf(timestamp, sampled)),
    ),
  );

function sampleOf(timestamp: string, sampled: SampledValue): Sample {
  const { measurand = DEFAULT_MEASURAND, location = DEFAULT_LOCATION, phase, value } = sampled;
  const signed = sampled.format === 'SignedData' ? signedValue(value) : undefined;
  return {
    measuredAt: instant(timestamp),
    context: contextOf(sampled.context),
    measurand,
    location,
    unit: sampled.unit ?? defaultUnit(measurand),
    ...(phase && { phase }),
    ...(sampled.format === 'SignedData' ? signed && { signed } : { value: spelledDecimal(value) }),
  };
}
