/** What the simulated partner answers. */
export interface PartnerReply {
  readonly http: number;
  readonly status: number;
  readonly data?: unknown;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const fine = (data?: unknown): PartnerReply => ({ http: 200, status: 1000, data });
export const stored = (isNew: boolean): PartnerReply => ({ http: isNew ? 201 : 200, status: 1000 });
export const wrong = (message: string): PartnerReply => ({ http: 200, status: 2001, message });
export const missing = (message: string, status = 2001): PartnerReply => ({
  http: 404,
  status,
  message,
});
export const stranger: PartnerReply = { http: 401, status: 2000, message: 'unknown token' };
export const notOffered: PartnerReply = { http: 405, status: 2000, message: 'not offered' };
