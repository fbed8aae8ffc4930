-- What reads the log in the background, beside the inline projections: async projections and automations.

-- The tables of async projections. The service's role makes and drops them itself, which it may do nowhere else.
create schema readers;

alter table ledger.projections drop constraint projections_kind_check;
alter table ledger.projections add constraint projections_kind_check check (kind in ('inline', 'async', 'automation'));

alter table ledger.projections
    -- Several builds of one async projection may stand beside each other; each has a table of its own.
    add column generation    bigint      not null default 0,
    -- The one that is read from. False: it is still catching up.
    add column serving       boolean     not null default true,
    -- An operator has asked for it to be built anew (inline only; an async one gets a new generation).
    add column rebuild       boolean     not null default false,
    -- Who reads now, until when by this server's clock, and in which term: a leader of an older term can write nothing more.
    add column leader        uuid,
    add column term          bigint      not null default 0,
    add column lease_until   timestamptz,
    -- Where it stands still, if it does: its position is then that of the event it could not take.
    add column fault         text        collate "C",
    add column fault_since   timestamptz,
    add column fault_count   integer     not null default 0;

alter table ledger.projections drop constraint projections_pkey;
alter table ledger.projections add primary key (name, generation);
alter table ledger.projections set (fillfactor = 50);
