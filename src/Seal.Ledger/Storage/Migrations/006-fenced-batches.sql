-- Notes a process's batch beside what it writes. A process that lost its connection, and found its batch not there, puts a higher
-- number here before it goes on: should the lost batch still come, out of some buffer, it is refused.
create function ledger.note_batch(writer uuid, number bigint) returns void
language plpgsql set search_path = pg_catalog as $$
begin
    insert into ledger.writers (id, batch, seen_at) values (writer, number, now())
    on conflict (id) do update set batch = excluded.batch, seen_at = excluded.seen_at where writers.batch < excluded.batch;
    if not found then
        raise exception using errcode = 'serialization_failure', message = 'The process has given this batch up.';
    end if;
end $$;
