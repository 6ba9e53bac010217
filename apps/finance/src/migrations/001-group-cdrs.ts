import { type Migration } from '@voltledger/platform';

const tables: readonly string[] = [
  `create table finance.cdrs (
    region text not null,
    cdr_id text not null,
    event_id text not null unique,
    session_id uuid not null,
    evse_uid text not null,
    kind text not null check (kind in ('issued', 'credit')),
    -- The CDR that a credit takes back.
    credits text,
    currency char(3) not null,
    before_taxes_micros bigint not null,
    after_taxes_micros bigint not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    issued_at timestamptz not null,
    sequence bigint not null,
    previous_hash text not null,
    hash text not null,
    -- How it joins the CDR before it in its region's chain.
    link text not null check (link in ('awaited', 'joined', 'broken')),
    cdr jsonb not null,
    primary key (region, cdr_id)
  )`,
  `create unique index on finance.cdrs (region, sequence)`,
  `create unique index on finance.cdrs (region, credits) where credits is not null`,
  `create index on finance.cdrs (session_id)`,
  `create index on finance.cdrs (issued_at, region, cdr_id)`,
  `create index on finance.cdrs (region) where link = 'broken'`,
  `create table finance.evse_homes (
    evse_uid text not null,
    epoch integer not null,
    region text not null,
    moved_at timestamptz not null,
    primary key (evse_uid, epoch, region)
  )`,
];

/**
 * Whether a CDR counts follows from what has arrived, in whatever order:
 *
 * - `not-at-home`: the station had moved to another region before the session began (domain.md 1.10).
 * - `billed-twice`: another region billed the session before, and has not taken that back.
 * - `credits-doubted`: it takes back a CDR that does not count itself.
 */
const views: readonly string[] = [
  `create function finance.is_at_home(evse text, here text, at timestamptz)
   returns boolean language sql stable as $$
     select coalesce((
       select region = here from finance.evse_homes where evse_uid = evse and moved_at <= at
       order by epoch desc, region desc limit 1), true)
   $$`,
  `create view finance.judged_issues as
   select c.*, case
     when not finance.is_at_home(c.evse_uid, c.region, c.started_at) then 'not-at-home'
     when exists (
       select from finance.cdrs o
       where o.session_id = c.session_id and o.region <> c.region and o.kind = 'issued'
         and (o.issued_at, o.region) < (c.issued_at, c.region)
         and finance.is_at_home(o.evse_uid, o.region, o.started_at)
         and not exists (
           select from finance.cdrs t where t.region = o.region and t.credits = o.cdr_id)
     ) then 'billed-twice'
   end as doubt
   from finance.cdrs c where c.kind = 'issued'`,
  `create view finance.judged_cdrs as
   select * from finance.judged_issues
   union all
   select t.*, case when o.doubt is not null then 'credits-doubted' end
   from finance.cdrs t
   left join finance.judged_issues o on o.region = t.region and o.cdr_id = t.credits
   where t.kind = 'credit'`,
];

export const groupCdrs: Migration = {
  name: 'finance/001-group-cdrs',
  up: [...tables, ...views],
};
