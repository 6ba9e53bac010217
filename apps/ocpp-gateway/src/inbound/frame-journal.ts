import { Inject, Injectable } from '@nestjs/common';
import { type StationId } from '@voltledger/kernel';
import { LOGGER, type Logger, counter } from '@voltledger/platform';
import { type Config, GATEWAY_CONFIG } from '../config';
import { maskedFrame } from '../commands/masked-frame';

export interface Line {
  readonly stationId: StationId;
  readonly version: string;
  readonly direction: 'in' | 'out';
}

/** What is written down of frames: all of them where that is wanted, and how many were dropped. */
@Injectable()
export class FrameJournal {
  private readonly frames = counter({
    name: 'ocpp_frames_dropped_total',
    help: 'Frames that were no call and no awaited answer, by reason.',
    labelNames: ['reason'],
  });

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  frame(line: Line, text: string, wantedByStation: boolean): void {
    if (!wantedByStation && !this.config.OCPP_LOG_FRAMES) return;
    this.logger.info({ ...line, frame: maskedFrame(text) }, 'frame');
  }

  dropped(reason: string): void {
    this.frames.inc({ reason });
  }

  broken(stationId: StationId, problem: string): void {
    this.dropped('broken');
    this.logger.info({ stationId, problem }, 'the socket of a station failed');
  }
}
