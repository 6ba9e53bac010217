/** Each projection that can be rebuilt, with the group that feeds it. */
export const PROJECTIONS = {
  sessions: { group: 'session.sessions', emptied: ['session.sessions'] },
} as const;
