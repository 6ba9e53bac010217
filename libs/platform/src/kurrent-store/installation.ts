import {
  type KurrentDBClient,
  NO_STREAM,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
} from '@kurrent/kurrentdb-client';
import { z } from 'zod';
import { newUuid } from '../identity';

/** No stream of ours is named so: theirs have a dash. */
export const INSTALLATION_STREAM = 'voltledger_installation';

const installed = z.object({ installation: z.uuid() });

/**
 * Which KurrentDB this is. Another one, or an emptied one, must not be read from where this one had
 * been read to: the name is kept in it, written by whoever comes first.
 */
export async function installationOf(client: KurrentDBClient): Promise<string> {
  const known = await read(client);
  if (known !== undefined) return known;
  const event = jsonEvent({ type: 'Installed', data: { installation: newUuid() } });
  try {
    await client.appendToStream(INSTALLATION_STREAM, event, { streamState: NO_STREAM });
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw error;
  }
  const written = await read(client);
  if (written === undefined)
    throw new Error(`${INSTALLATION_STREAM} is empty after it was written`);
  return written;
}

async function read(client: KurrentDBClient): Promise<string | undefined> {
  try {
    for await (const { event } of client.readStream(INSTALLATION_STREAM, { maxCount: 1 }))
      return installed.parse(event?.data).installation;
    return undefined;
  } catch (error) {
    if (error instanceof StreamNotFoundError) return undefined;
    throw error;
  }
}
