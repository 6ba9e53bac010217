/** What may be wrong with a message, whatever a version calls it. */
export type Fault =
  /** Unknown property, or the payload is no object. */
  | 'format'
  /** Something required is missing, or there are too many or too few of it. */
  | 'occurrence'
  | 'type'
  /** Right type, forbidden value. */
  | 'property'
  | 'protocol'
  | 'notImplemented'
  | 'notSupported'
  | 'security'
  | 'internal'
  | 'generic'
  /** The frame itself cannot be read. */
  | 'framework';

/** How a version spells its error codes. A version without a code names its stand-in. */
export type ErrorSpelling = Readonly<Record<Fault, string>>;

/** Refuses a call: turned into a CALLERROR with the version's spelling. */
export class RpcFault extends Error {
  override readonly name = 'RpcFault';

  constructor(
    readonly fault: Fault,
    description: string,
    /** Names path and rule only: never what the station sent (OCPP-J-RPC-11). */
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(description);
  }
}
