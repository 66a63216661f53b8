-- Who may act for all agents of an owner, as the identity registry's events said one after the other.
create table operator_approval (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  owner text not null,
  operator text not null,
  approved boolean not null,
  primary key (chain, block_hash, log_index)
);
create index operator_approval_owner
  on operator_approval (chain, owner, operator, block_number, log_index);
create index operator_approval_block on operator_approval (chain, block_number);

-- Metadata of agents likewise. Keys may be long, so that they are told apart by their SHA-256.
create table metadata_change (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  transaction text not null,
  agent_id numeric(78) not null,
  key_digest bytea not null check (octet_length(key_digest) = 32),
  key text not null,
  value text not null,
  primary key (chain, block_hash, log_index)
);
create index metadata_change_agent
  on metadata_change (chain, agent_id, key_digest, block_number, log_index);
create index metadata_change_block on metadata_change (chain, block_number);

-- What was said last holds. Views, so that undoing is deleting.
create view operator as
  select approval.* from operator_approval approval where approved
    and not exists (select from operator_approval later where later.chain = approval.chain
      and later.owner = approval.owner and later.operator = approval.operator
      and (later.block_number, later.log_index) > (approval.block_number, approval.log_index));
create view agent_metadata as
  select change.* from metadata_change change
    where not exists (select from metadata_change later where later.chain = change.chain
      and later.agent_id = change.agent_id and later.key_digest = change.key_digest
      and (later.block_number, later.log_index) > (change.block_number, change.log_index));
