import { Health } from './health';

describe('readiness', () => {
  it('is given while everything works', async () => {
    const health = new Health();
    health.register({ name: 'database', check: async () => ({ ok: true }) });
    expect(await health.readiness()).toEqual({ ready: true, sources: { database: { ok: true } } });
  });

  it('names what does not', async () => {
    const health = new Health();
    health.register({ name: 'database', check: () => Promise.reject(new Error('refused')) });
    health.register({ name: 'consumers', check: async () => ({ ok: true }) });
    expect(await health.readiness()).toEqual({
      ready: false,
      sources: { database: { ok: false, detail: 'refused' }, consumers: { ok: true } },
    });
  });

  it('does not wait for what never answers', async () => {
    const health = new Health();
    health.register({ name: 'database', check: () => new Promise(() => undefined) });
    expect(await health.readiness()).toMatchObject({ ready: false });
  });

  it('ends when the process drains', async () => {
    const health = new Health();
    health.drain();
    expect(await health.readiness()).toMatchObject({ ready: false });
  });
});
