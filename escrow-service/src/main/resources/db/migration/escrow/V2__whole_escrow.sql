-- A bit per leg that was active as the deal was opened: every leg of those on record before.
alter table deal add column joined numeric(78) not null default 18446744073709551615;
alter table deal alter column joined drop default;

alter table closing
  add column agent_id numeric(78) not null default 0,
  add column arbiter_fee numeric(39) not null default 0,
  add column bond_to_client numeric(39) not null default 0,
  add column retainer_to text not null default '0x0000000000000000000000000000000000000000',
  add column reason text not null
    default '0x0000000000000000000000000000000000000000000000000000000000000000';

create table joining (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  leg integer not null,
  payee text not null,
  primary key (chain, deal_id, leg)
);
create index joining_block on joining (chain, block_number);
create table substitution (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  leg integer not null,
  agent_id numeric(78) not null,
  new_due bigint not null,
  bond_to_client numeric(39) not null,
  primary key (chain, deal_id, leg)
);
create index substitution_block on substitution (chain, block_number);
create table dispute (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  leg integer not null,
  by text not null,
  ruling_by bigint not null,
  evidence text not null,
  uri text not null,
  primary key (chain, deal_id, leg)
);
create index dispute_block on dispute (chain, block_number);

-- Each side rates once, after the leg has closed.
create table rating (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  leg integer not null,
  agent_id numeric(78) not null,
  by_client boolean not null,
  rating integer not null,
  primary key (chain, deal_id, leg, by_client)
);
create index rating_block on rating (chain, block_number);
