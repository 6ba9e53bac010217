import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import { type Clock } from '@voltledger/kernel';
import { CLOCK, type EdgeReply, type EdgeRequest, headerOf } from '@voltledger/platform';
import { OwnPlatform } from '../own-platform';
import { type OcpiAnswer } from './ocpi-answer';
import { type OcpiRequest, idOf } from './ocpi-request';
import { OcpiServer } from './ocpi-server';

const PREFIX = '/ocpi/';

/** Everything below `/ocpi`: one place that wraps and unwraps, whatever the module or version. */
@Controller('ocpi')
export class OcpiController {
  constructor(
    @Inject(OcpiServer) private readonly server: OcpiServer,
    @Inject(OwnPlatform) private readonly own: OwnPlatform,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @All('*')
  async receive(@Req() incoming: EdgeRequest, @Res() reply: EdgeReply): Promise<void> {
    const request = this.requestFrom(incoming);
    this.send(reply, request, await this.server.answer(request));
  }

  private requestFrom({ method, url, headers, body }: EdgeRequest): OcpiRequest {
    const address = this.own.publicUrl(url);
    return {
      ...{ method, headers, body, url: address },
      segments: segmentsOf(url),
      requestId: idOf(headerOf({ headers }, 'x-request-id')),
      correlationId: idOf(headerOf({ headers }, 'x-correlation-id')),
    };
  }

  private send(reply: EdgeReply, request: OcpiRequest, answer: OcpiAnswer): void {
    const envelope = {
      ...(answer.data !== undefined && { data: answer.data }),
      status_code: answer.status,
      ...(answer.message !== undefined && { status_message: answer.message }),
      timestamp: this.clock(),
    };
    reply
      .status(answer.http)
      .header('content-type', 'application/json; charset=utf-8')
      .header('X-Request-ID', request.requestId)
      .header('X-Correlation-ID', request.correlationId);
    for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
    reply.send(JSON.stringify(envelope));
  }
}

/** What does not decode is no address of ours. */
function segmentsOf(url: string): readonly string[] {
  const [path = ''] = url.split('?');
  const parts = path.slice(PREFIX.length).replace(/\/+$/, '').split('/');
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return ['', path];
  }
}
