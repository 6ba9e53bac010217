import { z } from 'zod';
import { text } from '../shared/primitives';

/** No markup; `language` is ISO 639-1 (OCPI-TYP-33). */
export const displayText = z.strictObject({
  language: z.string().regex(/^[a-z]{2}$/i, 'must be an ISO 639-1 code'),
  text: text(512),
});

export const inEnglish = (sentence: string | undefined) =>
  sentence === undefined ? undefined : [{ language: 'en', text: sentence.slice(0, 512) }];
