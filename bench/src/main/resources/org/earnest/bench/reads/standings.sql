-- What the triggers would have made of these rows, one by one; see Standings, which compares.

insert into reputation.feedback_standing (chain, tag, agent_id, entries, total)
  select chain, tag, agent_id, count(*), sum(value * ('1e' || (18 - value_decimals))::numeric)
  from reputation.feedback given
  cross join lateral (values (''), (nullif(tag1, '')), (nullif(nullif(tag2, ''), tag1))) tags (tag)
  where char_length(tag) <= 256 and not exists (select from reputation.feedback_revocation revoked
    where revoked.chain = given.chain and revoked.agent_id = given.agent_id
    and revoked.client = given.client and revoked.feedback_index = given.feedback_index)
  group by chain, tag, agent_id;

insert into reputation.feedback_count (chain, tag, agent_id, kind, decimals, entries)
  select chain, tag, agent_id, kind, decimals, count(*)
  from (select given.*, case when revoked.chain is null then 'decimals' else 'revoked' end as kind,
      case when revoked.chain is null then value_decimals else 0 end as decimals
    from reputation.feedback given left join reputation.feedback_revocation revoked
    using (chain, agent_id, client, feedback_index)) counted
  cross join lateral (values (''), (nullif(tag1, '')), (nullif(nullif(tag2, ''), tag1))) tags (tag)
  where char_length(tag) <= 256 and (kind = 'revoked' or decimals > 0)
  group by chain, tag, agent_id, kind, decimals;

insert into reputation.agent_activity (chain, agent_id, last_block)
  select chain, agent_id, max(block_number) from (
    select chain, agent_id, block_number from reputation.agent_change
    union all select chain, agent_id, block_number from reputation.settled_record) active
  group by chain, agent_id;

insert into reputation.settled_summary
    (chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost)
  select chain, agent_id, epoch, token, tag, sum(gross), count(*), count(rating),
    coalesce(sum(rating), 0), count(*) filter (where missed), count(*) filter (where late),
    count(*) filter (where lost)
  from reputation.settled_record group by chain, agent_id, epoch, token, tag;

insert into reputation.settled_total
    (chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost)
  select chain, agent_id, epoch, token, '', sum(volume), sum(closed), sum(rated), sum(rating_sum),
    sum(missed), sum(late), sum(lost)
  from reputation.settled_summary
  where tag <> '0x26c4f9c9b5f0f784c44268114720e42e9b49b4e5d6d0900c844a043699dc2f42'
  group by chain, agent_id, epoch, token;

-- Over all tokens, under the empty one.
insert into reputation.settled_total
    (chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost)
  select chain, agent_id, epoch, '', tag, 0, sum(closed), sum(rated), sum(rating_sum), sum(missed),
    sum(late), sum(lost)
  from reputation.settled_summary group by chain, agent_id, epoch, tag;

insert into reputation.settled_total
    (chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost)
  select chain, agent_id, epoch, '', '', 0, sum(closed), sum(rated), sum(rating_sum), sum(missed),
    sum(late), sum(lost)
  from reputation.settled_total where token <> '' group by chain, agent_id, epoch;
