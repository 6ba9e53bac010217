import { v16 } from './v16';
import { v201 } from './v201';
import { type OcppVersion } from './version';

export * from './reports';
export * from './rpc/answers';
export * from './rpc/error-codes';
export * from './rpc/frame';
export * from './rpc/outgoing-calls';
export * from './shared/outcome';
export * from './version';

/** All versions by subprotocol, the one we like best first (OCPP-J-CONN-08). The only list. */
export const ocppVersions: ReadonlyMap<string, OcppVersion> = new Map(
  [v201, v16].map((each) => [each.subprotocol, each]),
);
