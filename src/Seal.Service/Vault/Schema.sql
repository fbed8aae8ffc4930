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
