-- How far the files that events point to are on the list of what is to be read, in the schema
-- reputation_file. It stands here because what undoes blocks sets it back, in the same transaction.
create table enlisted_files (
  chain text primary key,
  block_number bigint not null
);
