import { Kafka, type ISocketFactoryArgs, type SASLOptions, logLevel } from 'kafkajs';
import { type Socket, connect, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type KafkaLogin, type KafkaSettings } from './kafka-settings';

const CONNECT_MS_MAX = 3_000;
const REQUEST_MS_MAX = 30_000;
const KEEP_ALIVE_MS = 60_000;

type Dialling = Omit<ISocketFactoryArgs, 'ssl'> & Partial<Pick<ISocketFactoryArgs, 'ssl'>>;

/** kafkajs with our settings, and the sockets it has opened. */
export class KafkaClient {
  readonly kafka: Kafka;
  private readonly sockets = new Set<Socket>();
  private cut = false;

  constructor(settings: KafkaSettings) {
    this.kafka = new Kafka({
      clientId: 'voltledger',
      brokers: [...settings.brokers],
      connectionTimeout: CONNECT_MS_MAX,
      requestTimeout: REQUEST_MS_MAX,
      ssl: settings.tls,
      ...(settings.sasl && { sasl: saslOf(settings.sasl) }),
      socketFactory: (wanted) => this.open(wanted),
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
      // What matters of it reaches us as errors and events, and is reported by us.
      logLevel: logLevel.NOTHING,
    });
  }

  /** As the network does when a process is killed: every connection breaks and none is opened. */
  cutOff(): void {
    this.cut = true;
    for (const socket of this.sockets) socket.destroy(new Error('cut off'));
  }

  private open({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
    const socket = this.cut ? connect({ host, port: 1 }) : dial({ host, port, ssl, onConnect });
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }
}

/** kafkajs gives no `ssl` where there is no TLS, whatever its types say. */
function dial({ host, port, ssl, onConnect }: Dialling): Socket {
  if (!ssl) return connect({ host, port }, onConnect);
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return connectTls({ host, port, ...servername, ...ssl }, onConnect);
}

function saslOf({ mechanism, username, password }: KafkaLogin): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
  }
}
