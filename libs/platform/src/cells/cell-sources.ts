import { z } from 'zod';

/** Another region's cell, as far as we read from it. */
export interface CellSource {
  readonly region: string;
  /** The database its bus is in. */
  readonly url: string;
}

const RULE = 'must be regions with the URL of their database, such as north=postgres://…;south=…';
const ENTRY = /^([a-z0-9_]{1,32})=(postgres(?:ql)?:\/\/\S+)$/;

/** The setting `CELLS`: every other cell whose topics this process brings here. */
export const cellSources = z
  .string()
  .default('')
  .transform((text) => text.split(';').flatMap((entry) => entry.trim() || []))
  .pipe(z.array(z.string().regex(ENTRY, RULE)))
  .transform((entries): readonly CellSource[] =>
    entries.map((entry) => {
      const [, region = '', url = ''] = ENTRY.exec(entry) ?? [];
      return { region, url };
    }),
  )
  .refine(
    (sources) => new Set(sources.map(({ region }) => region)).size === sources.length,
    'must name each region once',
  );
