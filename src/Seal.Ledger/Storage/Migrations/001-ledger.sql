-- The tables of the ledger. Forward only: what is here is never edited, a change is a new file.

-- One row per event. Body and metadata are the exact canonical bytes that were hashed: bytea, not jsonb.
create table ledger.events (
    position    bigint      primary key,
    stream      bigint      not null,
    version     bigint      not null,
    type        text        collate "C" not null,
    recorded_at timestamptz not null,
    metadata    bytea       not null,
    body        bytea       not null,
    leaf_hash   bytea       not null,
    unique (stream, version)
);

-- The text of a stream and how far it is. Events carry the short id.
create table ledger.streams (
    id             bigint primary key,
    name           text   collate "C" not null unique,
    type           text   collate "C" not null,
    version        bigint not null,
    first_position bigint not null,
    last_position  bigint not null
) with (fillfactor = 90);

-- Hash tiles of C2SP tlog-tiles: up to 256 hashes of 32 bytes each, appended to until they are full.
-- A narrower tile of an older tree is the beginning of the row.
create table ledger.tiles (
    level  smallint not null,
    index  bigint   not null,
    hashes bytea    not null,
    primary key (level, index)
);
-- Hashes do not compress; not trying saves time.
alter table ledger.tiles alter column hashes set storage external;

-- One row. Whoever appends holds its lock; it has all that an append needs to know of the log.
create table ledger.head (
    only_row    boolean     primary key default true check (only_row),
    origin      text        not null,
    size        bigint      not null,
    root        bytea       not null,
    -- Roots of the perfect subtrees that make up the tree, largest first.
    range       bytea       not null,
    recorded_at timestamptz not null,
    next_stream bigint      not null,
    -- Which inline projections every append must keep ("name:version, …"): a process that keeps others may not append.
    projections text        not null
) with (fillfactor = 50);

create table ledger.checkpoints (
    size      bigint      primary key,
    root      bytea       not null,
    note      text        not null,
    signed_at timestamptz not null
);

create table ledger.requests (
    scope          text        collate "C" not null,
    key            text        collate "C" not null,
    digest         bytea       not null,
    outcome        text        not null,
    first_position bigint      not null,
    events         integer     not null,
    expires_at     timestamptz not null,
    primary key (scope, key)
);
create index on ledger.requests (expires_at);

-- The last batch of each process that appends: how it finds out, after a lost answer to COMMIT, whether it was made.
create table ledger.writers (
    id      uuid        primary key,
    batch   bigint      not null,
    seen_at timestamptz not null
) with (fillfactor = 50);

create table ledger.projections (
    name     text    collate "C" primary key,
    kind     text    not null check (kind in ('inline', 'async')),
    version  integer not null,
    position bigint  not null
);
