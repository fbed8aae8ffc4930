-- Locks the head for a batch that was decided before the lock was there, and refuses it if the log is not as it was foreseen: the
-- statements behind this one are then not carried out, and the batch is decided again. The root stands for all that was appended.
create function ledger.lock_head(foreseen_size bigint, foreseen_root bytea, foreseen_projections text) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    head record;
begin
    select size, root, projections into head from ledger.head for update;
    if (head.size, head.root, head.projections) is distinct from (foreseen_size, foreseen_root, foreseen_projections) then
        raise exception using errcode = 'serialization_failure', message = 'The log is not as it was foreseen.';
    end if;
end $$;
