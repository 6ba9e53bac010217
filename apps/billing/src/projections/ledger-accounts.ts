import { type Billed, type BilledLineKind, type Cdr, type Payer } from '@voltledger/contracts';

type Tax = Billed['taxes'][number];

export interface CdrAccounts {
  readonly receivable: string;
  readonly revenue: (kind: BilledLineKind) => string;
  readonly tax: (tax: Tax) => string;
}

/**
 * `receivable:ocpi:<partner>`, `receivable:oicp:<provider>`, `receivable:drivers`;
 * `revenue:<type>:<country>`; `tax-payable:<country>:<name>:<percent>`. Countries are ISO 3166-1
 * alpha-3, where the energy was delivered. Drivers share one account: the ledger is kept for years
 * and names no person; whose debt it is says the CDR.
 */
export const accountsOf = ({ authorization, place: { place } }: Cdr): CdrAccounts => ({
  receivable: receivableOf(authorization.payer),
  revenue: (kind) => `revenue:${kind}:${place.country}`,
  tax: ({ name, percent }) => `tax-payable:${place.country}:${name}:${percent ?? 'unknown'}`,
});

function receivableOf(payer: Payer): string {
  switch (payer.kind) {
    case 'own':
      return 'receivable:drivers';
    case 'ocpi':
      return `receivable:ocpi:${payer.partnerId}`;
    case 'oicp':
      return `receivable:oicp:${payer.providerId}`;
  }
}
