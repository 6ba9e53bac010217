import { Inject } from '@nestjs/common';
import { type Clock, millisBetween } from '@voltledger/kernel';
import {
  CLOCK,
  REPORTS,
  type RecurringWork,
  type Reports,
  Worker,
  gauge,
} from '@voltledger/platform';
import { Certificates } from '../certificates';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** From here on somebody is told, every hour. */
const WARNING_DAYS = 30;

/** Watches the certificate without which Hubject answers 017 to everything (OICP-TRN-05). */
@Worker()
export class CertificateExpiryWorker implements RecurringWork {
  readonly name = 'roaming-oicp.certificate-expiry';
  readonly every = HOUR;

  constructor(
    @Inject(Certificates) private readonly certificates: Certificates,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REPORTS) private readonly reports: Reports,
  ) {}

  async run(): Promise<boolean> {
    const expiresAt = await this.certificates.expiresAt();
    if (expiresAt === undefined) return false;
    const days = millisBetween(this.clock(), expiresAt) / DAY;
    gauge({
      name: 'oicp_client_certificate_days_left',
      help: 'Days until our client certificate for Hubject expires.',
    }).set(days);
    if (days > WARNING_DAYS) return false;
    const error = new Error(`our client certificate for Hubject expires at ${expiresAt}`);
    this.reports.report(error, { work: 'roaming-oicp.connection' });
    return false;
  }
}
