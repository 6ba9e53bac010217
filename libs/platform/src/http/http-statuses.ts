import { EDGE_HTTP_STATUSES } from './edge-refusals';
import { type HttpStatuses } from './problem';

interface Refusing {
  readonly name: string;
  readonly httpStatuses?: HttpStatuses;
}

/**
 * One table for all services of a process.
 *
 * @throws Error when two of them give one code different statuses.
 */
export function httpStatusesOf(services: readonly Refusing[]): HttpStatuses {
  const table = new Map(Object.entries(EDGE_HTTP_STATUSES));
  for (const { name, httpStatuses = {} } of services)
    for (const [code, status] of Object.entries(httpStatuses)) {
      const known = table.get(code);
      if (known !== undefined && known !== status)
        throw new Error(`${name} answers ${code} with ${status}, others with ${known}`);
      table.set(code, status);
    }
  return Object.fromEntries(table);
}
