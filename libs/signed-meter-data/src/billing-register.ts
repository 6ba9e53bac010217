const OBIS =
  /^(?:([0-9A-F]{1,2})-)?(?:([0-9A-F]{1,2}):)?([0-9A-F]{1,2})\.([0-9A-F]{1,2})(?:[.*].*)?$/i;

/** Group C of an OBIS code of imported active energy (A=1, D=8), two hex digits; else undefined. */
function groupC(register: string): string | undefined {
  const [, a = '1', , c = '', d = ''] = OBIS.exec(register.trim()) ?? [];
  if (a.padStart(2, '0') !== '01' || d.padStart(2, '0') !== '08') return undefined;
  return c.padStart(2, '0').toUpperCase();
}

const BILLING = /^(?:01|98|9E|B[0-9A-F]|C[0-7])$/;
/** Loss in the cable is taken off: where there is one, only these count. */
const COMPENSATED = new Set(['98', 'B1', 'B3', 'C1', 'C3']);

export const isBillingRegister = (register: string): boolean =>
  BILLING.test(groupC(register) ?? '');

export const isCompensated = (register: string): boolean => COMPENSATED.has(groupC(register) ?? '');
