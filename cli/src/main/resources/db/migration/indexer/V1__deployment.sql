-- What this database's index is about, for each chain: its rows name that, but not the contracts.
create table deployment (
  chain text primary key,
  genesis text not null,
  identity_registry text not null,
  reputation_registry text not null,
  deal_escrow text,
  from_block bigint not null
);
