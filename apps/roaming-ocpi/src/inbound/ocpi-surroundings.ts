import { Inject, Injectable } from '@nestjs/common';
import { REPORTS, type Reports, SCOPE, type Scope } from '@voltledger/platform';

/** What the process lends to every request. */
@Injectable()
export class OcpiSurroundings {
  constructor(
    @Inject(SCOPE) readonly scope: Scope,
    @Inject(REPORTS) readonly reports: Reports,
  ) {}
}
