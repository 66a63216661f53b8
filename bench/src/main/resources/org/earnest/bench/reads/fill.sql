-- An index of ${agents} agents, ${feedbacks} feedbacks and as many settled legs as agents, in
-- ${head} blocks. Rows lie in the chain's order, so that an agent's are scattered as they would be.

insert into reputation.followed_chain
  values ('${chain}', bench.hash('block 0'), ${head}, bench.hash('block ${head}'));

insert into reputation.followed_block
  select '${chain}', n, bench.hash('block ' || n), 1760000000 from generate_series(0, ${head}::bigint) n;

insert into reputation.agent
  select '${chain}', k, bench.account('owner ' || k / 3), bench.account('wallet ' || k),
    'https://agent' || k || '.example/.well-known/agent-registration.json', 0,
    1 + (k - 1) * ${head} / ${agents},
    bench.hash('agent ' || k)
  from generate_series(1, ${agents}::bigint) k;

insert into reputation.agent_change
  select '${chain}', 1 + (k - 1) * ${head} / ${agents},
    bench.hash('block ' || 1 + (k - 1) * ${head} / ${agents}), 1000 + 2 * (k % 1000) + change,
    bench.hash('agent ' || k), k,
    case change when 0 then 'registered' else 'wallet_set' end,
    case change when 0 then bench.account('owner ' || k / 3) else bench.account('wallet ' || k) end,
    null,
    case change when 0
      then 'https://agent' || k || '.example/.well-known/agent-registration.json' end
  from generate_series(1, ${agents}::bigint) k, generate_series(0, 1) change;

insert into reputation.feedback
  select '${chain}', i / 5, bench.hash('block ' || i / 5), i % 5, bench.hash('feedback ' || i),
    bench.popular(i, 1, ${agents}), bench.account('client ' || bench.popular(i, 2, ${agents})), i,
    floor(bench.uniform(i, 3) * 101)::integer, 0,
    'tag' || floor(bench.uniform(i, 4) * 20)::integer,
    case when bench.uniform(i, 5) < 0.3 then 'task' || floor(bench.uniform(i, 6) * 50)::integer
      else '' end,
    'https://agent.example/api/v1/tasks',
    'https://feedback.example/files/' || md5('file ' || i) || '.json',
    bench.hash('file ' || i)
  from generate_series(1, ${feedbacks}::bigint) i;

insert into reputation.feedback_revocation
  select '${chain}', i / 5, bench.hash('block ' || i / 5), 10 + i % 5, bench.hash('revoke ' || i),
    bench.popular(i, 1, ${agents}), bench.account('client ' || bench.popular(i, 2, ${agents})), i
  from generate_series(50, ${feedbacks}::bigint, 50) i;

insert into reputation.feedback_response
  select '${chain}', i / 5, bench.hash('block ' || i / 5), 20 + i % 5, bench.hash('answer ' || i),
    bench.popular(i, 1, ${agents}), bench.account('client ' || bench.popular(i, 2, ${agents})), i,
    bench.account('owner ' || i), 'https://answer.example/' || i, bench.hash('answer of ' || i)
  from generate_series(20, ${feedbacks}::bigint, 20) i;

insert into reputation.settled_record
  select '${chain}', 1 + (j - 1) * ${head} / ${agents},
    bench.hash('block ' || 1 + (j - 1) * ${head} / ${agents}), 4000 + j % 1000,
    bench.hash('leg ' || j), role,
    bench.popular(j, case role when 'payee' then 7 else 8 end, ${agents}), 0,
    bench.account('token ' || floor(3 * bench.uniform(j, 9) ^ 2)::integer),
    case role when 'payee' then bench.hash('tag ' || floor(bench.uniform(j, 10) * 10)::integer)
      else '0x26c4f9c9b5f0f784c44268114720e42e9b49b4e5d6d0900c844a043699dc2f42' end,
    bench.hash('deal ' || j), 0,
    case when bench.uniform(j, 11) < 0.9 then 'accepted' else 'ruled' end,
    floor(1e8 * bench.uniform(j, 12) ^ 3)::bigint,
    case when bench.uniform(j, 13) < 0.7 then floor(101 * sqrt(bench.uniform(j, 14)))::integer end,
    false, bench.uniform(j, 15) < 0.1,
    bench.uniform(j, 11) >= 0.9 and (role = 'payee') = (bench.uniform(j, 16) < 0.5)
  from generate_series(1, ${agents}::bigint) j, (values ('payee'), ('client')) roles (role)
  where role = 'payee' or j % 2 = 0;

-- One agent in five asked a validator, of whom there are ten, and was answered.
insert into reputation.validation_request
  select '${chain}', 1 + (k - 1) * ${head} / ${agents},
    bench.hash('block ' || 1 + (k - 1) * ${head} / ${agents}), 5000, bench.hash('asking ' || k), k,
    bench.account('validator ' || k % 50 / 5), bench.hash('request ' || k),
    'https://asked.example/' || k
  from generate_series(5, ${agents}::bigint, 5) k;

insert into reputation.validation_response
  select chain, block_number, block_hash, 6000, transaction, agent_id, validator, request_hash,
    floor(101 * bench.uniform(agent_id::bigint, 30))::integer, 'https://answered.example/',
    bench.hash('answered ' || agent_id),
    'tag' || floor(5 * bench.uniform(agent_id::bigint, 31))::integer
  from reputation.validation_request;
