/** What our tables and the protocols call the fields that name a driver; without `_`, `-` and case. */
const NAMES: ReadonlySet<string> = new Set([
  ...['uid', 'tokenuid', 'token', 'presented', 'idtag', 'parentidtag', 'idtoken', 'groupid'],
  ...['contractid', 'authid', 'emaid', 'evcoid', 'visualnumber', 'printednumber', 'identification'],
  ...['hashedid', 'vid', 'macaddress', 'evccid', 'licenseplate', 'authorizationreference'],
]);

export const isPersonalName = (name: string): boolean =>
  NAMES.has(name.replaceAll(/[_-]/g, '').toLowerCase());
