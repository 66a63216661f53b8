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

-- What the identity registry's events said. An agent is the fold of its changes.
create table agent_change (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  agent_id numeric(78) not null,
  kind text not null check (kind in ('transferred', 'registered', 'uri_updated', 'wallet_set')),
  account text,
  previous_account text,
  uri text,
  primary key (chain, block_hash, log_index)
);
create index agent_change_agent on agent_change (chain, agent_id, block_number, log_index);
create index agent_change_block on agent_change (chain, block_number);
create table agent (
  chain text not null,
  agent_id numeric(78) not null,
  owner text not null,
  wallet text,
  uri text not null,
  epoch bigint not null,
  registered_block bigint not null,
  registered_transaction text not null,
  primary key (chain, agent_id)
);

-- Terms as the escrow published them: every later event of a deal is read against them.
create table deal (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  deal_id text not null,
  terms bytea not null,
  primary key (chain, deal_id)
);
create index deal_block on deal (chain, block_number);

-- One row per (deal, leg, role); a settled summary is the fold of its records.
create table settled_record (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  role text not null check (role in ('payee', 'client')),
  agent_id numeric(78) not null,
  epoch bigint not null,
  token text not null,
  tag text not null,
  deal_id text not null,
  leg integer not null,
  outcome text not null,
  gross numeric(39) not null,
  rating integer check (rating between 0 and 100),
  missed boolean not null,
  late boolean not null,
  lost boolean not null,
  primary key (chain, block_hash, log_index, role)
);
create index settled_record_summary
  on settled_record (chain, agent_id, epoch, token, tag, block_number, log_index);
create index settled_record_block on settled_record (chain, block_number);
create table settled_summary (
  chain text not null,
  agent_id numeric(78) not null,
  epoch bigint not null,
  token text not null,
  tag text not null,
  volume numeric(27) not null,
  closed bigint not null,
  rated bigint not null,
  rating_sum bigint not null,
  missed bigint not null,
  late bigint not null,
  lost bigint not null,
  primary key (chain, agent_id, epoch, token, tag)
);

-- ERC-8004 feedback. Whether an entry is revoked is whether a revocation is on record.
create table feedback (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  agent_id numeric(78) not null,
  client text not null,
  feedback_index bigint not null,
  value numeric(39) not null,
  value_decimals integer not null check (value_decimals between 0 and 18),
  tag1 text not null,
  tag2 text not null,
  endpoint text not null,
  feedback_uri text not null,
  feedback_hash text not null,
  primary key (chain, agent_id, client, feedback_index)
);
create index feedback_agent on feedback (chain, agent_id, block_number, log_index);
create index feedback_block on feedback (chain, block_number);
create table feedback_revocation (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  agent_id numeric(78) not null,
  client text not null,
  feedback_index bigint not null,
  primary key (chain, agent_id, client, feedback_index)
);
create index feedback_revocation_block on feedback_revocation (chain, block_number);
create table feedback_response (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  agent_id numeric(78) not null,
  client text not null,
  feedback_index bigint not null,
  responder text not null,
  response_uri text not null,
  response_hash text not null,
  primary key (chain, block_hash, log_index)
);
create index feedback_response_entry
  on feedback_response (chain, agent_id, client, feedback_index);
create index feedback_response_block on feedback_response (chain, block_number);

-- Logs of our contracts that make no sense, with the reason. They do not stop the cursor.
create table quarantine (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  contract text not null,
  topics text not null,
  data text not null,
  reason text not null,
  primary key (chain, block_hash, log_index)
);
create index quarantine_block on quarantine (chain, block_number);
