/** Every answer to a command has a `status`; in all versions only `Accepted` promises anything. */
export const isAccepted = (answer: unknown): boolean => statusOf(answer) === 'Accepted';

/** The station's own word, for people. */
export function statusOf(answer: unknown): string | undefined {
  if (answer === null || typeof answer !== 'object' || !('status' in answer)) return undefined;
  return typeof answer.status === 'string' ? answer.status : undefined;
}
