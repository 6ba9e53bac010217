/** Each projection that can be rebuilt, with the group that feeds it. Versions never change. */
export const PROJECTIONS = {
  tariffs: { group: 'tariff.tariffs' },
} as const;
