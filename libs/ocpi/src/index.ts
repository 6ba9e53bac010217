import { type OcpiVersion } from './shared/ocpi-version';
import { type TariffFormat } from './shared/tariff-format';
import { v221 } from './v221';
import { tariffFormat as tariffs211 } from './v211/tariff-format';
import { tariffFormat as tariffs221 } from './v221/tariff-format';
import { tariffFormat as tariffs230 } from './v230/tariff-format';

export * from './shared/authorization-header';
export * from './shared/envelope';
export * from './shared/merge-patch';
export * from './shared/ocpi-version';
export * from './shared/page';
export { ciKey, sameCiString } from './shared/primitives';
export * from './shared/roaming-objects';
export * from './shared/tariff-format';
export * from './shared/url';
export * from './shared/versions-list';

/** Every version we speak, the one we would rather speak last. The only list of versions. */
export const ocpiVersions: ReadonlyMap<string, OcpiVersion> = new Map(
  [v221].map((each) => [each.version, each]),
);

/** Every version whose tariffs we read and write, the newest last. */
export const tariffFormats: ReadonlyMap<string, TariffFormat> = new Map(
  [tariffs211, tariffs221, tariffs230].map((each) => [each.version, each]),
);
