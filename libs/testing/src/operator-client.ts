import { randomUUID } from 'node:crypto';

/** The operator API refused something, or did not answer as it should. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** Calls the operator API as any operator would: over HTTP, with a key. */
export class OperatorClient {
  constructor(
    /** Where the API is; or, of several services, where that of a path is. */
    private readonly url: string | ((path: string) => string),
    private readonly key: string,
  ) {}

  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>('GET', path);
  }

  put<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.call<Answer>('PUT', path, body);
  }

  post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.call<Answer>('POST', path, body);
  }

  /** Every item of a list, page by page. */
  async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let after: string | undefined;
    do {
      const cursor = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
      const page = await this.get<Page<Item>>(`${path}?limit=200${cursor}`);
      items.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    return items;
  }

  private async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const server = typeof this.url === 'string' ? this.url : this.url(path);
    const response = await fetch(`${server}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(method !== 'GET' && { 'idempotency-key': randomUUID() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new ApiProblem(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}
