-- What had failed without a transaction before V2 told its buyer to sign anew: it stays failed, and
-- is not sent after all. V2 opened it again; it has a reason, and its beginning is not known.
update settlement set state = 'failed', final = true
where state = 'submitted' and transaction is null and reason is not null and begun_block = 0;
