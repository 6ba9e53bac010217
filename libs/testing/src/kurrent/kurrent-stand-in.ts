import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { ServerFeaturesService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb';
import {
  SupportedMethod,
  SupportedMethods,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb';
import {
  type IStreamsServer,
  StreamsService,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import { append, batchAppend } from './stand-in-appends';
import { StandInLog } from './stand-in-log';
import { read } from './stand-in-reads';

export interface StandInOptions {
  /** Whether it takes many appends over one call, as servers do since 21.10. */
  readonly batches?: boolean;
}

/**
 * A TEST DOUBLE, not KurrentDB: a gRPC server in this process that speaks the part of the protocol
 * that our adapter uses, made from the client's own definitions. It keeps everything in memory and
 * knows no cluster, no users, no scavenging. What holds against it is held against our reading of
 * the protocol, and proves nothing about the server.
 */
export class KurrentStandIn {
  readonly log = new StandInLog();
  private server: Server | undefined;
  private port = 0;
  private answersToLose = 0;

  private constructor(private readonly options: StandInOptions) {}

  static async start(options: StandInOptions = {}): Promise<KurrentStandIn> {
    const made = new KurrentStandIn(options);
    await made.listen();
    return made;
  }

  get url(): string {
    return `kurrentdb://127.0.0.1:${this.port}?tls=false&discoveryInterval=10`;
  }

  /** The next append is written, and its answer gets lost together with the connection. */
  loseAnAnswer(): void {
    this.answersToLose += 1;
  }

  /** Cuts every connection and takes no more, until `listen`. What was written stays. */
  goAway(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  /** On the port it had before. */
  async listen(): Promise<void> {
    const server = new Server();
    server.addService(StreamsService, this.streams());
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (
        _call: unknown,
        answer: (error: null, it: SupportedMethods) => void,
      ) => {
        answer(null, this.supported());
      },
    });
    this.port = await new Promise<number>((resolve, reject) => {
      const credentials = ServerCredentials.createInsecure();
      server.bindAsync(`127.0.0.1:${this.port}`, credentials, (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    this.server = server;
  }

  private streams(): Pick<IStreamsServer, 'append' | 'batchAppend' | 'read'> {
    return {
      read: (call) => {
        read(this.log, call);
      },
      append: (call, answer) => {
        append(this.log, call, answer);
      },
      batchAppend: (call) => {
        batchAppend(this.log, call, () => {
          if (this.answersToLose === 0) return true;
          this.answersToLose -= 1;
          call.emit('error', { code: status.UNAVAILABLE, details: 'the connection broke' });
          return false;
        });
      },
    };
  }

  private supported(): SupportedMethods {
    const supported = new SupportedMethods().setEventStoreServerVersion('0.0.0-stand-in');
    if (this.options.batches ?? true)
      supported.addMethods(
        new SupportedMethod()
          .setServiceName('event_store.client.streams.streams')
          .setMethodName('batchappend'),
      );
    return supported;
  }
}
