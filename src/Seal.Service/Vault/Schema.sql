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

-- Challenges for tokens to sign, until they are answered. Unlogged: after a crash of the server one asks for another.
create unlogged table if not exists vault.sign_in_challenges (
    challenge  bytea       primary key,
    expires_at timestamptz not null
);

create index if not exists sign_in_challenges_expires_at on vault.sign_in_challenges (expires_at);

-- A data key for each person, wrapped by the token's master key. An erased person's row stays, without the key.
create table if not exists vault.person_keys (
    person     text primary key,
    wrapped    bytea,
    created_at timestamptz not null default now(),
    erased_at  timestamptz
);

-- The master keys that something is or can come to be under, the newest by number first in use. A row of one that is retired is
-- gone, and the references below let nothing come under it any more.
create table if not exists vault.master_keys (
    id      text primary key,
    number  bigint not null unique,
    made_at timestamptz not null default now()
);

insert into vault.master_keys (id, number) select 'first', -1 where not exists (select from vault.master_keys);

-- By which of them a row is wrapped; null where a person's key stands between, or nothing is left to be wrapped. Versions
-- that know one master key only write none, and mean the first.
do $$ begin
    if not exists (select from information_schema.columns where table_schema = 'vault' and table_name = 'rows' and column_name = 'master_key') then
        alter table vault.rows add column master_key text default 'first' references vault.master_keys;
        alter table vault.person_keys add column master_key text default 'first' references vault.master_keys;
        update vault.person_keys set master_key = null where wrapped is null;
    end if;
end $$;

create index if not exists rows_master_key on vault.rows (master_key);
create index if not exists person_keys_master_key on vault.person_keys (master_key);
