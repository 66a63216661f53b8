-- Cursor and recorded blocks; see org.earnest.kit.follow.FollowLedger.
create table followed_chain (
  chain text primary key,
  genesis_hash text not null,
  cursor_number bigint not null,
  cursor_hash text not null
);
create table followed_block (
  chain text not null,
  number bigint not null,
  hash text not null,
  primary key (chain, number)
);

-- Everything here comes from the escrow's events: a lost database is read from the chain anew.
create table deal (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  client text not null,
  token text not null,
  terms bytea not null,
  primary key (chain, deal_id)
);
create index deal_block on deal (chain, block_number);
create table deal_party (
  chain text not null,
  party text not null,
  block_number bigint not null,
  log_index integer not null,
  deal_id text not null,
  primary key (chain, party, deal_id)
);
create index deal_party_page on deal_party (chain, party, block_number, log_index);

create table delivery (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  leg integer not null,
  payee text not null,
  late bigint not null,
  deliverable text not null,
  uri text not null,
  primary key (chain, deal_id, leg)
);
create index delivery_block on delivery (chain, block_number);
create table closing (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  leg integer not null,
  outcome text not null,
  rating integer not null,
  late bigint not null,
  to_payee numeric(39) not null,
  to_client numeric(39) not null,
  fee numeric(39) not null,
  penalty numeric(39) not null,
  primary key (chain, deal_id, leg)
);
create index closing_block on closing (chain, block_number);

-- Logs of the escrow that make no sense, with the reason. They do not stop the cursor.
create table quarantine (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  topics text not null,
  data text not null,
  reason text not null,
  primary key (chain, block_hash, log_index)
);
create index quarantine_block on quarantine (chain, block_number);
