-- The vault: rows that may be erased, beside a ledger that may not.
create schema if not exists vault;

create table if not exists vault.rows (
    key        text primary key,
    kind       text not null,
    person     text,
    content    bytea not null,
    created_at timestamptz not null default now()
);

create index if not exists rows_person on vault.rows (person) where person is not null;

-- Who is trying a PIN right now, in whichever process. Unlogged: after a crash of the server nobody is.
create unlogged table if not exists vault.pin_turns (
    turn       uuid        primary key,
    holding    text        not null,
    expires_at timestamptz not null
);

create index if not exists pin_turns_holding on vault.pin_turns (holding);

-- A data key for each person, wrapped by the token's master key. An erased person's row stays, without the key.
create table if not exists vault.person_keys (
    person     text primary key,
    wrapped    bytea,
    created_at timestamptz not null default now(),
    erased_at  timestamptz
);
