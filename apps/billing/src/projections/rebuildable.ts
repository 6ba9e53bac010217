/**
 * Each projection that can be rebuilt, with the group that feeds it. What is issued, held and posted
 * never changes: what comes again finds it there, and adds only what is missing.
 */
export const PROJECTIONS = {
  'chargeable-sessions': { group: 'billing.chargeable-sessions' },
  cdrs: { group: 'billing.cdrs' },
  ledger: { group: 'billing.ledger' },
  story: { group: 'billing.story' },
} as const;
