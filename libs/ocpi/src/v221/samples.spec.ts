import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type z } from 'zod';
import { v221 } from '.';
import { displayText } from './display-text';
import { energyMix } from './energy-mix';
import { hours } from './hours';

const FOLDER = join(__dirname, '../../../../../shared/vectors/ocpi/2.2.1');

interface Sample {
  readonly object: string;
  readonly kind: string;
  readonly wrapper?: string;
  readonly conforms: boolean;
}

const { schemas } = v221;
const SCHEMAS: Readonly<Record<string, z.ZodType | undefined>> = {
  'CDR full': schemas.cdr,
  'Credentials full': schemas.credentials,
  'Location full': schemas.location,
  'EVSE full': schemas.evse,
  'EVSE patch': schemas.evsePatch,
  'Session full': schemas.session,
  'Session patch': schemas.sessionPatch,
  'Tariff full': schemas.tariff,
  'Token full': schemas.token,
  'Hours fragment': hours,
  'EnergyMix fragment': energyMix,
  'DisplayText full': displayText,
  'DisplayText fragment': displayText,
};

const index = join(FOLDER, 'index.json');
const samples = existsSync(index)
  ? Object.entries(JSON.parse(readFileSync(index, 'utf8')) as Record<string, Sample>)
  : [];
const judged = samples.flatMap(([file, sample]) => {
  const schema = SCHEMAS[`${sample.object} ${sample.kind}`];
  return schema ? [{ file, ...sample, schema }] : [];
});

if (judged.length === 0)
  it.skip('the samples of the standard lie in ../shared, and that is not here', () => undefined);

for (const { file, wrapper, conforms, schema } of judged)
  it(`judges the 2.2.1 sample ${file} as its tables do (OCPI-TYP-05)`, () => {
    const content = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, unknown>;
    const inner = wrapper !== undefined && wrapper in content ? content[wrapper] : content;
    expect(schema.safeParse(inner).success).toBe(conforms);
  });
