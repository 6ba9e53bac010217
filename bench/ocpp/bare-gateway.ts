import { type AddressInfo } from 'node:net';
import { errorText, ocppVersions, readFrame, resultText } from '@voltledger/ocpp';
import { WebSocketServer } from 'ws';
import { onAsked, tell } from './child';

/**
 * The least that a gateway can do: `ws`, the frame read, the payload checked against the official
 * schema, an answer sent. Nothing is known of the station and nothing is stored.
 */
const [version] = [...ocppVersions.values()].filter(({ subprotocol }) => subprotocol === 'ocpp1.6');
const accepted = { idTagInfo: { status: 'Accepted' } };
let transactions = 0;

const ANSWERS: Readonly<Record<string, () => object>> = {
  BootNotification: () => ({
    ...{ status: 'Accepted', interval: 300, currentTime: new Date().toISOString() },
  }),
  StartTransaction: () => ({ transactionId: (transactions += 1), ...accepted }),
  MeterValues: () => ({}),
  StopTransaction: () => accepted,
};

function answerTo(text: string): string | undefined {
  const frame = readFrame(text);
  if (!version || frame.kind !== 'call') return undefined;
  const fault = version.schemas.checkRequest(frame.action, frame.payload);
  if (fault) return errorText(version.dialect, frame.id, fault);
  return resultText(frame.id, ANSWERS[frame.action]?.() ?? {});
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const answer = answerTo((data as Buffer).toString('utf8'));
    if (answer !== undefined) socket.send(answer);
  });
});
server.on('listening', () => {
  tell({ kind: 'ready', url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

onAsked(() => {
  const { user, system } = process.cpuUsage();
  const { rss } = process.memoryUsage();
  return Promise.resolve({
    ...{ kind: 'use' as const, cpuMicros: user + system, rss },
    ...{ databaseCpuMicros: undefined, cdrs: transactions, held: {} },
  });
});
process.on('SIGTERM', () => process.exit(0));
