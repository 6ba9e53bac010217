import { type Migration } from '@voltledger/platform';
import { appendOnly } from './append-only';

/**
 * Double entry. One entry per event and version of the posting rules; entries are never altered,
 * only reversed. The database itself refuses an entry that does not balance.
 */
export const ledger: Migration = {
  name: 'billing/004-ledger',
  up: [
    `create table billing.ledger_entries (
      entry_id uuid primary key,
      event_id text not null,
      posting_rules text not null,
      kind text not null,
      booked_at timestamptz not null,
      cdr_id varchar(36) not null,
      session_id uuid not null,
      reverses uuid references billing.ledger_entries,
      unique (event_id, posting_rules),
      unique (reverses)
    )`,
    `create index on billing.ledger_entries (booked_at, entry_id)`,
    `create index on billing.ledger_entries (cdr_id)`,
    `create index on billing.ledger_entries (session_id)`,
    ...appendOnly('billing.ledger_entries'),
    `create table billing.ledger_postings (
      entry_id uuid not null references billing.ledger_entries,
      line int not null,
      account text not null,
      debit_micros bigint not null check (debit_micros >= 0),
      credit_micros bigint not null check (credit_micros >= 0),
      currency char(3) not null,
      primary key (entry_id, line),
      check (debit_micros = 0 or credit_micros = 0)
    )`,
    `create index on billing.ledger_postings (account, currency)`,
    ...appendOnly('billing.ledger_postings'),
    `create function billing.refuse_imbalance() returns trigger language plpgsql as $$
      begin
        if (select count(*) from billing.ledger_postings where entry_id = new.entry_id) < 2
          or exists (
            select from billing.ledger_postings where entry_id = new.entry_id
            group by currency having sum(debit_micros) <> sum(credit_micros)
          ) then
          raise exception 'ledger entry % does not balance', new.entry_id
            using errcode = 'check_violation';
        end if;
        return null;
      end
    $$`,
    // Only the transaction that makes an entry may give it postings.
    `create function billing.refuse_late_posting() returns trigger language plpgsql as $$
      begin
        if not exists (
          select from billing.ledger_entries
          where entry_id = new.entry_id and xmin = pg_current_xact_id()::xid
        ) then
          raise exception 'ledger entry % is closed', new.entry_id
            using errcode = 'restrict_violation';
        end if;
        return new;
      end
    $$`,
    `create trigger open_entry before insert on billing.ledger_postings
       for each row execute function billing.refuse_late_posting()`,
    // At the commit, when the entry is complete: an entry without postings is found as well.
    `create constraint trigger balanced after insert on billing.ledger_entries
       deferrable initially deferred for each row execute function billing.refuse_imbalance()`,
    `create constraint trigger balanced after insert on billing.ledger_postings
       deferrable initially deferred for each row execute function billing.refuse_imbalance()`,
  ],
};
