-- Blocks that a reorganisation took away, each with the block that it went back to: what was read
-- at one of them can be told from what was read at a block that stayed. Whatever undoes blocks
-- moves the cursor first, so that blocks which are merely forgotten lie below it and are not noted.
create table undone_block (
  chain text not null,
  hash text not null,
  number bigint not null,
  common_number bigint not null,
  common_hash text not null,
  primary key (chain, hash)
);
create index undone_block_number on undone_block (chain, number);

create function note_undone_blocks() returns trigger language plpgsql as $$
declare
  remembered_depth constant bigint := 100000;
begin
  insert into reputation.undone_block (chain, hash, number, common_number, common_hash)
    select undone.chain, undone.hash, undone.number, cursor_number, cursor_hash
    from undone join reputation.followed_chain followed on followed.chain = undone.chain
    where undone.number > cursor_number
    on conflict (chain, hash) do update
      set common_number = excluded.common_number, common_hash = excluded.common_hash;
  delete from reputation.undone_block long_ago using reputation.followed_chain followed
    where long_ago.chain = followed.chain and long_ago.number < cursor_number - remembered_depth;
  return null;
end
$$;
create trigger followed_block_undone after delete on followed_block
  referencing old table as undone for each statement execute function note_undone_blocks();
