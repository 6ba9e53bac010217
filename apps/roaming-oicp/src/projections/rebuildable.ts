/** Each projection that can be rebuilt, with the group that feeds it. */
export const PROJECTIONS = {
  evses: { group: 'roaming-oicp.evses', keptIn: 'roaming_oicp.locations' },
  sessions: { group: 'roaming-oicp.sessions', keptIn: 'roaming_oicp.sessions' },
  // A CDR is judged once.
  'charge-records': { group: 'roaming-oicp.charge-records' },
} as const;
