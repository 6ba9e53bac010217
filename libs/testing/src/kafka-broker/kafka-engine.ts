/** One broker on this machine that can be started, stopped and killed on the same data and port. */
export interface KafkaEngine {
  /** `host:port`. */
  readonly broker: string;
  /** For people: what runs here. */
  readonly description: string;
  /** Resolves when the broker answers. Started already: nothing happens. */
  start(): Promise<void>;
  /** Lets it write everything down. */
  stop(): Promise<void>;
  /** At once, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Kills it and removes its data. */
  remove(): Promise<void>;
}
