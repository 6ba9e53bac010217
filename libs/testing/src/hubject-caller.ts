import { OWN_VECTORS, oicpVectors } from './hubject-vectors';

/** The body of a vector of our own, for a test to change. */
export const vectorBody = (id: string): Record<string, unknown> =>
  structuredClone(oicpVectors(OWN_VECTORS).find((each) => each.id === id)?.body) as Record<
    string,
    unknown
  >;

export interface HubjectReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `{}` when the text is no JSON object. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The OICP status code, where there is one. */
  readonly code: string | undefined;
}

/** A raw request to the broker, such as to `cdrmgmt/v22/operators/DE*T01/charge-detail-record`. */
export async function callHubject(url: string, path: string, body: unknown): Promise<HubjectReply> {
  const response = await fetch(`${url}/api/oicp/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const json = parsed(text);
  const { Code } = (json['StatusCode'] ?? {}) as { Code?: string };
  return { status: response.status, headers: response.headers, text, json, code: Code };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
