import { type StationCommand } from '@voltledger/contracts';
import { type Exchange, type Exchanges } from './reports';
import { type Dialect } from './rpc/frame';
import { type SchemaSet } from './rpc/schemas';

/** How one action of the station becomes a canonical report, and our answer the version's. */
export interface Inbound<Kind extends Exchange = Exchange> {
  readonly kind: Kind;
  /**
   * The payload has passed the request schema; a method, so that a mapping may say which one.
   *
   * @throws RpcFault for what the schema lets pass and nobody can use.
   */
  read(this: void, payload: object): Exchanges[Kind]['report'];
  /** Passes the response schema; the caller checks. */
  readonly write: (answer: Exchanges[Kind]['answer']) => object;
}

/** One `Inbound` for each kind, as a union. */
export type AnyInbound = { [Kind in Exchange]: Inbound<Kind> }[Exchange];

export interface OutboundCall {
  readonly action: string;
  readonly payload: object;
}

type CommandData<Type extends StationCommand['type']> = Extract<
  StationCommand,
  { type: Type }
>['data'];
export type StartCharging = CommandData<'StartCharging'>;
export type StopCharging = CommandData<'StopCharging'>;
export type AskTransactionStatus = CommandData<'AskTransactionStatus'>;

/** What a station says of a transaction it was asked about. */
export interface TransactionStatus {
  readonly ongoing?: boolean;
  readonly messagesWaiting: boolean;
}

/** Everything the gateway needs to know about one version of OCPP. */
export interface OcppVersion {
  /** As negotiated in the WebSocket handshake. */
  readonly subprotocol: string;
  readonly version: string;
  /** Security profiles the version has; 0 is none. */
  readonly securityProfiles: readonly number[];
  /** Whether a station may bear this identity. */
  readonly allowsIdentity: (identity: string) => boolean;
  readonly dialect: Dialect;
  readonly schemas: SchemaSet;
  /** Whether the version has such an action, whoever may send it (OCPP-J-RPC-06). */
  readonly knows: (action: string) => boolean;
  /** What a station may call and we serve. */
  readonly inbound: ReadonlyMap<string, AnyInbound>;
  /** What a station that we have not accepted may call all the same. */
  readonly openBeforeAcceptance: (action: string) => boolean;
  /** Actions that the station answers a call of ours with, while it is not yet accepted. */
  readonly invitedBy: (call: OutboundCall) => readonly string[];
  /** Actions that a station we have not accepted is not sent (OCPP-J-BOOT-03). */
  readonly remoteControl: ReadonlySet<string>;
  /** The password a call sets at the station, if it sets one (OCPP-J-SEC-11). */
  readonly newPassword: (call: OutboundCall) => string | undefined;
  /** Whether the answer to such a call says that the station took it. */
  readonly tookPassword: (answer: unknown) => boolean;
  readonly startCharging: (command: StartCharging) => OutboundCall;
  /** @returns undefined when the version cannot name such a transaction. */
  readonly stopCharging: (command: StopCharging) => OutboundCall | undefined;
  /** @returns undefined when the version has no such question. */
  readonly askTransactionStatus: (command: AskTransactionStatus) => OutboundCall | undefined;
  /** The answer to that question; it has passed the response schema. */
  readonly transactionStatus: (answer: unknown) => TransactionStatus | undefined;
}
