-- An agent's records of every epoch, token and tag, newest first.
create index settled_record_agent
  on settled_record (chain, agent_id, block_number, log_index, role);
