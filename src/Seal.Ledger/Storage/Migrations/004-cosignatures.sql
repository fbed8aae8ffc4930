-- What witnesses said of checkpoints (C2SP tlog-cosignature): they saw the log grow to this size. Added to, never changed.
create table ledger.cosignatures (
    size      bigint not null,
    witness   text   collate "C" not null,
    key_id    bigint not null,
    -- Time (8 bytes, big-endian POSIX seconds) and signature, as in the note, without the key id.
    signature bytea  not null,
    primary key (size, witness, key_id)
);
create index on ledger.cosignatures (witness, key_id, size);
