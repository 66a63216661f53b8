-- What this database's index is about: rows of the index name a chain, but not the contracts.
create table deployment (
  one boolean primary key default true check (one),
  chain text not null,
  genesis text not null,
  identity_registry text not null,
  reputation_registry text not null,
  deal_escrow text,
  from_block bigint not null
);
