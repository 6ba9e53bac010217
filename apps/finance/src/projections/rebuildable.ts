/** Each projection that can be rebuilt, with the group that feeds it. */
export const PROJECTIONS = {
  cdrs: { group: 'finance.cdrs', emptied: ['finance.cdrs', 'finance.evse_homes'] },
} as const;
