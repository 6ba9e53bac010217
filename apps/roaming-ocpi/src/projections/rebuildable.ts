/** Each projection that can be rebuilt, with the group that feeds it. */
export const PROJECTIONS = {
  locations: { group: 'roaming-ocpi.partner-locations', keptIn: 'roaming_ocpi.partner_locations' },
  tariffs: { group: 'roaming-ocpi.partner-tariffs', keptIn: 'roaming_ocpi.partner_tariffs' },
  sessions: { group: 'roaming-ocpi.partner-sessions', keptIn: 'roaming_ocpi.partner_sessions' },
  // CDRs never change, so theirs are only written again.
  cdrs: { group: 'roaming-ocpi.partner-cdrs' },
} as const;
