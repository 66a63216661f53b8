-- Legs that a standby took over: what becomes of them later is its record.
create table substitution (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  leg integer not null,
  primary key (chain, deal_id, leg)
);
create index substitution_block on substitution (chain, block_number);

-- Ratings that came after the leg had closed, each of one record.
create table settled_rating (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  role text not null check (role in ('payee', 'client')),
  record_block_hash text not null,
  record_log_index integer not null,
  rating integer not null check (rating between 0 and 100),
  primary key (chain, record_block_hash, record_log_index, role)
);
create index settled_rating_block on settled_rating (chain, block_number);
create index settled_record_deal on settled_record (chain, deal_id, leg, role);
