-- Locks the head, refuses a batch whose log is not as it was foreseen, moves the head to where the batch leaves it and notes the batch:
-- one call in the time that every batch waits for. Takes the place of lock_head and note_batch, which processes of an older version
-- still call. A root of null is not compared: the caller holds the head's lock already.
create function ledger.move_head(
    foreseen_size bigint, foreseen_root bytea, foreseen_projections text,
    new_size bigint, new_root bytea, new_range bytea, new_time timestamptz, new_next_stream bigint,
    writer uuid, number bigint) returns void
language plpgsql set search_path = pg_catalog as $$
begin
    update ledger.head
    set size = new_size, root = new_root, range = new_range, recorded_at = coalesce(new_time, recorded_at), next_stream = new_next_stream
    where size = foreseen_size and (foreseen_root is null or root = foreseen_root) and projections = foreseen_projections;
    if not found then
        raise exception using errcode = 'serialization_failure', message = 'The log is not as it was foreseen.';
    end if;
    insert into ledger.writers (id, batch, seen_at) values (writer, number, now())
    on conflict (id) do update set batch = excluded.batch, seen_at = excluded.seen_at where writers.batch < excluded.batch;
    if not found then
        raise exception using errcode = 'serialization_failure', message = 'The process has given this batch up.';
    end if;
end $$;
