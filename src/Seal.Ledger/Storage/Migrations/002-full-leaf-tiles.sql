-- The hashes of a leaf tile that is not full yet are those of its events; the tile is written once, when it is full.
-- Writing the growing tile again with every batch cost more than the events themselves.
delete from ledger.tiles where level = 0 and octet_length(hashes) < 256 * 32;
