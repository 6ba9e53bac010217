import { v23 } from './v23';

/** The only list of versions. A caller asks the version to do the work. */
export const oicpVersions = new Map([v23].map((each) => [each.version, each]));
export type OicpVersion = typeof v23;

export * from './shared/check-character';
export * from './shared/identifiers';
export * from './shared/local-time';
export type * from './v23';
