import { type RoamingEvent, type SessionEvent } from '@voltledger/contracts';
import { eventually } from '@voltledger/testing';
import { type OicpNetwork, now } from './oicp-network';

type Refusal = Extract<SessionEvent, { type: 'StartRefused' }>['data']['reason'];

/** The next request of a kind that the service passes on. */
async function nextOf<Type extends RoamingEvent['type']>(network: OicpNetwork, type: Type) {
  const before = network.all(type).length;
  await eventually(() => {
    expect(network.all(type)).toHaveLength(before + 1);
  });
  return network.all(type)[before]!;
}

/** Hears the next start; nobody answers it. */
export const unansweredStart = (network: OicpNetwork) => nextOf(network, 'RemoteStartRequested');

/** Hears the next start, and answers as the session service would. */
export async function answeringStart(network: OicpNetwork, reason?: Refusal) {
  const asked = await unansweredStart(network);
  const { startId } = asked;
  await network.session(
    startId,
    reason === undefined
      ? { type: 'StartAccepted', data: { startId, at: now() } }
      : { type: 'StartRefused', data: { startId, reason, at: now() } },
  );
  return asked;
}

/** Hears the next stop, and answers as the session service would. */
export async function answeringStop(
  network: OicpNetwork,
  outcome: 'accepted' | 'rejected' = 'accepted',
) {
  const asked = await nextOf(network, 'RemoteStopRequested');
  const { sessionId, commandId } = asked;
  const data = { sessionId, commandId, outcome, at: now() };
  await network.session(sessionId, { type: 'StopAnswered', data });
  return asked;
}
