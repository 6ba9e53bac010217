/** Only the members that are there and not empty: absent is absent, never `undefined` or `''`. */
export const present = <Members extends Readonly<Record<string, string | number | undefined>>>(
  members: Members,
): { [Name in keyof Members]?: NonNullable<Members[Name]> } =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== ''),
  ) as { [Name in keyof Members]?: NonNullable<Members[Name]> };
