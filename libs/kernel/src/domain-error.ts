/**
 * A refusal: a stable code for programs, a sentence for people, and the facts to act on. Every edge
 * turns codes into its own protocol's answer. A bug is a plain `Error`.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: string,
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
