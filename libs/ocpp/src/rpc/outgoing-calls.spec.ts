import { OutgoingCalls } from './outgoing-calls';

function station() {
  const sent: string[] = [];
  let expire: (() => void) | undefined;
  let ids = 0;
  const calls = new OutgoingCalls({
    send: (text) => sent.push(text),
    newId: () => `id${(ids += 1)}`,
    afterTimeout: (work) => {
      expire = work;
      return () => (expire = undefined);
    },
    queueMax: 2,
  });
  return { calls, sent, expire: () => expire?.(), waits: () => expire !== undefined };
}

const reset = { action: 'Reset', payload: { type: 'Soft' } };
const accepted = (id: string) => ({ kind: 'result', id, payload: { status: 'Accepted' } }) as const;

describe('calls to a station', () => {
  it('OCPP-J-RPC-12: one is outstanding, the next leaves after its answer', async () => {
    const { calls, sent } = station();
    const first = calls.call(reset);
    const second = calls.call(reset);
    expect(sent).toEqual(['[2,"id1","Reset",{"type":"Soft"}]']);
    expect(calls.answered(accepted('id1'))).toBe(true);
    expect(sent).toHaveLength(2);
    calls.answered(accepted('id2'));
    await expect(first).resolves.toEqual({ kind: 'answered', payload: { status: 'Accepted' } });
    await expect(second).resolves.toMatchObject({ kind: 'answered' });
  });

  it('OCPP-J-RPC-12: a full queue refuses at once', async () => {
    const { calls } = station();
    for (let asked = 0; asked < 3; asked += 1) void calls.call(reset);
    await expect(calls.call(reset)).resolves.toEqual({ kind: 'queueFull' });
  });

  it('OCPP-J-RPC-15: no answer in time ends it, a late one changes nothing', async () => {
    const { calls, sent, expire, waits } = station();
    const first = calls.call(reset);
    const second = calls.call(reset);
    expire();
    await expect(first).resolves.toEqual({ kind: 'timeout' });
    expect(calls.answered(accepted('id1'))).toBe(false);
    expect(sent).toHaveLength(2);
    calls.answered(accepted('id2'));
    await expect(second).resolves.toMatchObject({ kind: 'answered' });
    expect(waits()).toBe(false);
  });

  it('OCPP-J-RPC-16: a dropped connection leaves the outcome of what was sent unknown', async () => {
    const { calls, sent } = station();
    const first = calls.call(reset);
    const second = calls.call(reset);
    calls.close();
    await expect(first).resolves.toEqual({ kind: 'disconnected', sent: true });
    await expect(second).resolves.toEqual({ kind: 'disconnected', sent: false });
    await expect(calls.call(reset)).resolves.toEqual({ kind: 'disconnected', sent: false });
    expect(sent).toHaveLength(1);
  });

  it('OCPP-J-RPC-17: an answer to nothing is dropped', () => {
    const { calls } = station();
    expect(calls.answered(accepted('id1'))).toBe(false);
    void calls.call(reset);
    expect(calls.answered(accepted('other'))).toBe(false);
  });

  it('passes an error of the station on', async () => {
    const { calls } = station();
    const asked = calls.call(reset);
    calls.answered({
      kind: 'error',
      id: 'id1',
      code: 'NotSupported',
      description: '',
      details: {},
    });
    await expect(asked).resolves.toMatchObject({ kind: 'error', code: 'NotSupported' });
  });
});
