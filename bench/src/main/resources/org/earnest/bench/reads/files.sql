-- What every agent says of itself, and of one feedback in ten what became of its file.

insert into reputation_file.registration_file
    (chain, uri_digest, uri, state, content_hash, document, capabilities, read_at, looked_at, attempts, next_look_at)
  select chain, sha256(convert_to(uri, 'UTF8')), uri, 'read', bench.hash('card ' || agent_id),
    jsonb_build_object(
      'name', 'Agent ' || agent_id || ' of the bench',
      'description', (select string_agg(
          'word' || floor(1000 * bench.uniform(agent_id::bigint, 20 + n) ^ 2)::integer, ' ')
        from generate_series(1, 12) n),
      'image', 'https://agent.example/' || agent_id || '.png',
      'services', jsonb_build_array(
        jsonb_build_object('name', 'MCP', 'endpoint', 'https://agent.example/mcp', 'version', '1',
          'tools', (select jsonb_agg(
              'tool' || floor(300 * bench.uniform(agent_id::bigint, 40 + n) ^ 2)::integer)
            from generate_series(1, 4) n),
          'prompts', '[]'::jsonb, 'resources', '[]'::jsonb, 'skills', '[]'::jsonb, 'domains', '[]'::jsonb)),
      'x402Support', agent_id::bigint % 3 = 0,
      'active', agent_id::bigint % 5 <> 0,
      'registrations', jsonb_build_array('${registry}:' || agent_id),
      'supportedTrust', '["reputation"]'::jsonb),
    array['mcp', 'reputation'] || (select array_agg(distinct
        'tool' || floor(300 * bench.uniform(agent_id::bigint, 40 + n) ^ 2)::integer)
      from generate_series(1, 4) n),
    now(), now(), 1, null
  from reputation.agent;

insert into reputation_file.agent_word (chain, word, agent_id)
  select chain, word, agent_id from reputation.agent
  join reputation_file.registration_file using (chain, uri)
  cross join lateral unnest(reputation_file.words_of(words, capabilities, document ->> 'name')) told (word);

insert into reputation_file.feedback_file
    (chain, block_number, block_hash, log_index, agent_id, client, uri, expected_hash, state, content_hash,
      payment, looked_at, attempts, next_look_at)
  select chain, block_number, block_hash, log_index, agent_id, client, feedback_uri, feedback_hash,
    'read', feedback_hash, 'absent', now(), 1, null
  from reputation.feedback where feedback_index % 10 = 0;
