import { type SimulatedStation, eventually } from '@voltledger/testing';

export type Frame = [number, string, ...unknown[]];

/** Sends texts and gives the frames that come back, in order. */
export async function exchange(
  station: SimulatedStation,
  count: number,
  ...texts: (string | Buffer)[]
) {
  const { wire } = station;
  wire.received.length = 0;
  wire.recording = true;
  for (const text of texts) wire.send(text);
  await eventually(() => expect(wire.received.length).toBeGreaterThanOrEqual(count));
  return wire.received.map((text) => JSON.parse(text) as Frame);
}

export const heartbeat = (id: string) => `[2,"${id}","Heartbeat",{}]`;
