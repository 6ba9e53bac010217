import { z } from 'zod';
import { ciString, optional, text, url } from '../shared/primitives';

const pixels = z.int().nonnegative().max(99_999);

export const image = z.strictObject({
  url,
  thumbnail: optional(url),
  category: z.enum(['CHARGER', 'ENTRANCE', 'LOCATION', 'NETWORK', 'OPERATOR', 'OTHER', 'OWNER']),
  type: ciString(4),
  width: optional(pixels),
  height: optional(pixels),
});

export const businessDetails = z.strictObject({
  name: text(100).min(1),
  website: optional(url),
  logo: optional(image),
});
