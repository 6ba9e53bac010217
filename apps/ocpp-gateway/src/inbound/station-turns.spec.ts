import { type StationId } from '@voltledger/kernel';
import { StationTurns } from './station-turns';

const CS1 = 'CS1' as StationId;

describe('turns of a station (OCPP-J-RPC-13)', () => {
  it('come one after the other, also behind one that fails, and stations do not wait for each other', async () => {
    const failures: unknown[] = [];
    const turns = new StationTurns({ report: (error) => failures.push(error) });
    const done: string[] = [];
    let release: (() => void) | undefined;
    void turns.run(CS1, async () => {
      await new Promise<void>((resolve) => (release = resolve));
      done.push('first');
      throw new Error('broken');
    });
    const second = turns.run(CS1, async () => void done.push('second'));
    await turns.run('CS2' as StationId, async () => void done.push('other'));
    release?.();
    await second;
    expect(done).toEqual(['other', 'first', 'second']);
    expect(failures).toEqual([new Error('broken')]);
    await turns.idle();
  });
});
