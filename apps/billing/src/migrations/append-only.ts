/** The role a billing process may run as, where the operator made it: it owns no table. */
const RUNTIME_ROLE = 'voltledger_billing';

/** Statements that make `refuse_change` known; run before the first `appendOnly`. */
export const refuseChange: readonly string[] = [
  `create or replace function billing.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '%.% is append-only: % is not allowed', tg_table_schema, tg_table_name, tg_op
        using errcode = 'restrict_violation',
              hint = 'A CDR or ledger entry is never changed; issue a credit or a reversal.';
    end
  $$`,
];

/**
 * Nobody changes or deletes a row of `table`: not the table's owner (trigger), and a runtime role
 * has not even the right to try (grants).
 */
export const appendOnly = (table: string): readonly string[] => [
  `create trigger append_only before update or delete or truncate on ${table}
     for each statement execute function billing.refuse_change()`,
  `revoke update, delete, truncate on ${table} from public`,
  whereRoleExists(`grant usage on schema billing to ${RUNTIME_ROLE}`),
  whereRoleExists(`grant select, insert on ${table} to ${RUNTIME_ROLE}`),
  whereRoleExists(`revoke update, delete, truncate on ${table} from ${RUNTIME_ROLE}`),
];

/** For tables that are only somebody's view of the facts. */
export const changeable = (table: string): readonly string[] => [
  whereRoleExists(`grant select, insert, update, delete on ${table} to ${RUNTIME_ROLE}`),
];

const whereRoleExists = (statement: string): string =>
  `do $$ begin
     if exists (select from pg_roles where rolname = '${RUNTIME_ROLE}') then
       ${statement};
     end if;
   end $$`;
