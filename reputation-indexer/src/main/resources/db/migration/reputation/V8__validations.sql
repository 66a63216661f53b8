-- What agents asked validators, each hash once, and what these answered, as often as they did. What was
-- answered last holds; undoing is deleting.
create table validation_request (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  agent_id numeric(78) not null,
  validator text not null,
  request_hash text not null,
  request_uri text not null,
  primary key (chain, request_hash)
);
create index validation_request_agent on validation_request (chain, agent_id, request_hash);
create index validation_request_listed
  on validation_request (chain, agent_id, block_number, log_index);
create index validation_request_block on validation_request (chain, block_number, log_index);
create table validation_response (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  agent_id numeric(78) not null,
  validator text not null,
  request_hash text not null,
  response integer not null check (response between 0 and 100),
  response_uri text not null,
  response_hash text not null,
  tag text not null,
  primary key (chain, block_hash, log_index)
);
create index validation_response_request
  on validation_response (chain, request_hash, block_number, log_index);
create index validation_response_block on validation_response (chain, block_number);
