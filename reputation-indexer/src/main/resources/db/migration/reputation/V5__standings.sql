-- What agents are listed and found by. Every number is added up from the rows by statement triggers,
-- in the transaction that changes the rows, whoever changes them and how many at once: taking a row
-- away takes away what it added, so that a reorganisation leaves what a fresh read would.

-- Feedback that nobody revoked, per tag; under the empty tag all of it. Values times 10^18. Tags of
-- more than 256 characters are kept with their entries and not listed by.
create table feedback_standing (
  chain text not null,
  tag text not null,
  agent_id numeric(78) not null,
  entries bigint not null,
  total numeric(78) not null,
  average numeric(78) generated always as (
    case when entries = 0 then 0 else div(total, entries) end) stored,
  primary key (chain, agent_id, tag)
);
-- Its index by average is made when the chain has been caught up with; see LateIndexes.

create function count_feedback() returns trigger language plpgsql as $$
declare
  sign constant integer := case when tg_op = 'INSERT' then 1 else -1 end;
begin
  insert into reputation.feedback_standing as standing (chain, tag, agent_id, entries, total)
    select chain, tag, agent_id, sign * count(*),
      sign * sum(value * ('1e' || (18 - value_decimals))::numeric)
    from touched given
    cross join lateral (values (''), (nullif(tag1, '')), (nullif(nullif(tag2, ''), tag1))) tags (tag)
    where char_length(tag) <= 256 and not exists (select from reputation.feedback_revocation revoked
      where revoked.chain = given.chain and revoked.agent_id = given.agent_id
      and revoked.client = given.client and revoked.feedback_index = given.feedback_index)
    group by chain, tag, agent_id
    on conflict (chain, tag, agent_id) do update set
      entries = standing.entries + excluded.entries, total = standing.total + excluded.total;
  if sign < 0 then
    delete from reputation.feedback_standing standing using touched
      where standing.chain = touched.chain and standing.agent_id = touched.agent_id
      and standing.entries = 0;
  end if;
  return null;
end
$$;
create trigger feedback_given after insert on feedback
  referencing new table as touched for each statement execute function count_feedback();
create trigger feedback_undone after delete on feedback
  referencing old table as touched for each statement execute function count_feedback();

create function count_revocation() returns trigger language plpgsql as $$
declare
  sign constant integer := case when tg_op = 'INSERT' then -1 else 1 end;
begin
  insert into reputation.feedback_standing as standing (chain, tag, agent_id, entries, total)
    select chain, tag, agent_id, sign * count(*),
      sign * sum(value * ('1e' || (18 - value_decimals))::numeric)
    from touched join reputation.feedback given using (chain, agent_id, client, feedback_index)
    cross join lateral (values (''), (nullif(tag1, '')), (nullif(nullif(tag2, ''), tag1))) tags (tag)
    where char_length(tag) <= 256
    group by chain, tag, agent_id
    on conflict (chain, tag, agent_id) do update set
      entries = standing.entries + excluded.entries, total = standing.total + excluded.total;
  if sign < 0 then
    delete from reputation.feedback_standing standing using touched
      where standing.chain = touched.chain and standing.agent_id = touched.agent_id
      and standing.entries = 0;
  end if;
  return null;
end
$$;
create trigger revocation_given after insert on feedback_revocation
  referencing new table as touched for each statement execute function count_revocation();
create trigger revocation_undone after delete on feedback_revocation
  referencing old table as touched for each statement execute function count_revocation();

-- The last block in which an agent itself was changed or settled something.
create table agent_activity (
  chain text not null,
  agent_id numeric(78) not null,
  last_block bigint not null,
  primary key (chain, agent_id)
);
create index agent_activity_block on agent_activity (chain, last_block, agent_id);

create function note_activity() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from reputation.agent_activity activity using touched
      where activity.chain = touched.chain and activity.agent_id = touched.agent_id;
    insert into reputation.agent_activity (chain, agent_id, last_block)
      select agent.chain, agent.agent_id, last_block
      from (select distinct chain, agent_id from touched) agent cross join lateral (
        select max(block_number) as last_block from (
          select block_number from reputation.agent_change change
            where change.chain = agent.chain and change.agent_id = agent.agent_id
          union all
          select block_number from reputation.settled_record record
            where record.chain = agent.chain and record.agent_id = agent.agent_id) left_over
      ) last where last_block is not null;
  else
    insert into reputation.agent_activity as activity (chain, agent_id, last_block)
      select chain, agent_id, max(block_number) from touched group by chain, agent_id
      on conflict (chain, agent_id) do update
        set last_block = greatest(activity.last_block, excluded.last_block);
  end if;
  return null;
end
$$;
create trigger agent_changed after insert on agent_change
  referencing new table as touched for each statement execute function note_activity();
create trigger agent_change_undone after delete on agent_change
  referencing old table as touched for each statement execute function note_activity();
create trigger record_settled after insert on settled_record
  referencing new table as touched for each statement execute function note_activity();
create trigger record_undone after delete on settled_record
  referencing old table as touched for each statement execute function note_activity();

-- What an agent settled as a payee, over all tags. Ratings in hundredths of 0 to 100.
alter table settled_summary add column average_rating bigint
  generated always as (case when rated = 0 then null else (rating_sum * 200 + rated) / (rated * 2) end) stored;
create index settled_summary_volume on settled_summary (chain, token, tag, volume, agent_id);
create index settled_summary_rating
  on settled_summary (chain, token, tag, average_rating, agent_id);
create table settled_total (
  chain text not null,
  agent_id numeric(78) not null,
  epoch bigint not null,
  token text not null,
  volume numeric(39) not null,
  closed bigint not null,
  rated bigint not null,
  rating_sum bigint not null,
  missed bigint not null,
  late bigint not null,
  lost bigint not null,
  average_rating bigint
    generated always as (case when rated = 0 then null else (rating_sum * 200 + rated) / (rated * 2) end) stored,
  primary key (chain, agent_id, epoch, token)
);
create index settled_total_volume on settled_total (chain, token, volume, agent_id);
create index settled_total_rating on settled_total (chain, token, average_rating, agent_id);

create function total_settled() returns trigger language plpgsql as $$
declare
  -- keccak256("earnest.client"): what an agent did as a client.
  client_tag constant text :=
    '0x26c4f9c9b5f0f784c44268114720e42e9b49b4e5d6d0900c844a043699dc2f42';
begin
  delete from reputation.settled_total total using touched
    where total.chain = touched.chain and total.agent_id = touched.agent_id
    and total.epoch = touched.epoch and total.token = touched.token;
  insert into reputation.settled_total
      (chain, agent_id, epoch, token, volume, closed, rated, rating_sum, missed, late, lost)
    select summary.chain, summary.agent_id, summary.epoch, summary.token, sum(volume), sum(closed),
      sum(rated), sum(rating_sum), sum(missed), sum(late), sum(lost)
    from (select distinct chain, agent_id, epoch, token from touched) changed
    join reputation.settled_summary summary using (chain, agent_id, epoch, token)
    where summary.tag <> client_tag
    group by summary.chain, summary.agent_id, summary.epoch, summary.token;
  return null;
end
$$;
create trigger summary_added after insert on settled_summary
  referencing new table as touched for each statement execute function total_settled();
create trigger summary_changed after update on settled_summary
  referencing new table as touched for each statement execute function total_settled();
create trigger summary_removed after delete on settled_summary
  referencing old table as touched for each statement execute function total_settled();

create index agent_owner on agent (chain, owner, agent_id);
create index agent_wallet on agent (chain, wallet, agent_id);

-- What is there already.
insert into feedback_standing (chain, tag, agent_id, entries, total)
  select chain, tag, agent_id, count(*), sum(value * ('1e' || (18 - value_decimals))::numeric)
  from feedback given
  cross join lateral (values (''), (nullif(tag1, '')), (nullif(nullif(tag2, ''), tag1))) tags (tag)
  where char_length(tag) <= 256 and not exists (select from feedback_revocation revoked
    where revoked.chain = given.chain and revoked.agent_id = given.agent_id
    and revoked.client = given.client and revoked.feedback_index = given.feedback_index)
  group by chain, tag, agent_id;
insert into agent_activity (chain, agent_id, last_block)
  select chain, agent_id, max(block_number) from (
    select chain, agent_id, block_number from agent_change
    union all select chain, agent_id, block_number from settled_record) active
  group by chain, agent_id;
update settled_summary set volume = volume;
