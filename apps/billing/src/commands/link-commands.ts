import { type CdrId } from '@voltledger/kernel';
import { type CdrCommand } from '../domain/cdr-commands';
import { type Link } from '../outbound/cdr-chain';

/** Nobody but the system itself. */
export const SYSTEM = 'system';

interface LinkCommand {
  readonly cdrId: CdrId;
  readonly command: CdrCommand;
}

/** What to decide for links in their order. A credit and what replaces the credited are one decision. */
export function commandsFor([link, next, ...rest]: readonly Link[]): LinkCommand[] {
  if (!link) return [];
  const { cdrId } = link.cdr;
  if (link.cdr.credits === undefined)
    return [{ cdrId, command: issueOf(link) }, ...commandsFor(next ? [next, ...rest] : [])];
  const credit = creditOf(link);
  if (next && next.cdr.credits === undefined && next.cdr.replaces === link.cdr.credits)
    return [
      { cdrId, command: { ...issueOf(next), ...credit, type: 'CorrectCdr' } },
      ...commandsFor(rest),
    ];
  const command: CdrCommand = { type: 'CreditCdr', ...credit };
  return [{ cdrId, command }, ...commandsFor(next ? [next, ...rest] : [])];
}

const issueOf = ({ cdr: issued, seal, intent: { basis, reratingId } }: Link) => ({
  ...{ type: 'IssueCdr' as const, issued: { cdr: issued, seal }, basis: basis ?? {} },
  ...(reratingId && { reratingId }),
});

function creditOf({ cdr, seal, intent }: Link) {
  const { reason = '', by = SYSTEM, key, reratingId, resolution } = intent;
  return {
    ...{ credit: { cdr, seal }, reason, by, ...(key && { key }) },
    ...{ ...(reratingId && { reratingId }), ...(resolution && { resolution }) },
  };
}
