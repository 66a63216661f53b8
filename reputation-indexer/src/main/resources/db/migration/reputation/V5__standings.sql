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
  -- First by what tells rows apart, as it is looked into for each entry.
  primary key (agent_id, tag, chain)
);
-- Its index by average is made when the chain has been caught up with; see LateIndexes.

-- What ERC-8004's getSummary needs besides: how many of a standing's entries have so many decimals,
-- the rest having none; and how many entries were revoked, whatever their decimals.
create table feedback_count (
  chain text not null,
  tag text not null,
  agent_id numeric(78) not null,
  kind text not null check (kind in ('decimals', 'revoked')),
  decimals integer not null check (decimals between 0 and 18),
  entries bigint not null,
  primary key (agent_id, tag, chain, kind, decimals)
);

-- Chains that are read for the first time: until their head is near nothing is counted by entry, as
-- to count all of them at once takes a fraction of that, and nobody is answered.
create table uncounted (
  chain text primary key
);

-- As much of an entry as is counted.
create type feedback_mark as (
  chain text, agent_id numeric, tag1 text, tag2 text, value numeric, decimals integer);

create function feedback_mark(
    chain text, agent_id numeric, tag1 text, tag2 text, value numeric, decimals integer)
  returns feedback_mark immutable language sql
  return row(chain, agent_id, left(tag1, 257), left(tag2, 257), value, decimals)::feedback_mark;

create function standing_tags(tag1 text, tag2 text) returns text[] immutable language sql
  return array[''] || case when char_length(tag1) between 1 and 256 then array[tag1] end
    || case when char_length(tag2) between 1 and 256 and tag2 <> tag1 then array[tag2] end;

-- By a list of factors: an expression that is computed from text is not written into the statements that
-- call it, which took most of the time of counting.
create function scaled(value numeric, decimals integer) returns numeric immutable language sql
  return value * (array[1e18, 1e17, 1e16, 1e15, 1e14, 1e13, 1e12, 1e11, 1e10, 1e9,
    1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1e0])[decimals + 1];

-- Adds so much to the standings for each entry, and so much to what was revoked. Its rows are found by
-- their keys alone, as few of very many are touched, and of how many there are nothing is known yet.
create function count_feedback(entries feedback_mark[], stands integer, revoked integer)
  returns void language plpgsql set enable_seqscan = off as $$
begin
  if stands <> 0 then
    insert into reputation.feedback_standing as standing (chain, tag, agent_id, entries, total)
      select chain, tag, agent_id, stands * count(*), stands * sum(scaled)
      from (select chain, agent_id, reputation.scaled(value, decimals) as scaled,
        unnest(reputation.standing_tags(tag1, tag2)) as tag from unnest(entries)) told
      group by chain, tag, agent_id
      on conflict (chain, tag, agent_id) do update set
        entries = standing.entries + excluded.entries, total = standing.total + excluded.total;
  end if;
  insert into reputation.feedback_count as counted (chain, tag, agent_id, kind, decimals, entries)
    select chain, tag, agent_id, kind, decimals, sum(change)
    from (select chain, agent_id, 'decimals' as kind, decimals, stands as change, tag1, tag2
        from unnest(entries) where decimals > 0 and stands <> 0
      union all select chain, agent_id, 'revoked', 0, revoked, tag1, tag2
        from unnest(entries) where revoked <> 0) changed
    cross join lateral unnest(reputation.standing_tags(tag1, tag2)) tags (tag)
    group by chain, tag, agent_id, kind, decimals
    on conflict (agent_id, tag, chain, kind, decimals) do update
      set entries = counted.entries + excluded.entries;
  if stands < 0 or revoked < 0 then
    -- By the whole key: an agent may have any number of tags.
    delete from reputation.feedback_standing standing using (
        select distinct chain, agent_id, tag from unnest(count_feedback.entries)
        cross join lateral unnest(reputation.standing_tags(tag1, tag2)) tags (tag)) told
      where standing.agent_id = told.agent_id and standing.tag = told.tag
      and standing.chain = told.chain and standing.entries = 0;
    delete from reputation.feedback_count counted using (
        select distinct chain, agent_id, tag from unnest(count_feedback.entries)
        cross join lateral unnest(reputation.standing_tags(tag1, tag2)) tags (tag)) told
      where counted.agent_id = told.agent_id and counted.tag = told.tag
      and counted.chain = told.chain and counted.entries = 0;
  end if;
end
$$;

create function count_given() returns trigger language plpgsql as $$
declare
  came constant integer := case when tg_op = 'INSERT' then 1 else -1 end;
begin
  -- The rows of a statement are all of one chain.
  if exists (select from reputation.uncounted where chain = (select chain from touched limit 1)) then
    return null;
  end if;
  perform reputation.count_feedback(array_agg(reputation.feedback_mark(
      chain, agent_id, tag1, tag2, value, value_decimals)),
      case when is_revoked then 0 else came end, case when is_revoked then came else 0 end)
    from (select touched.*, revocation.chain is not null as is_revoked
      from touched left join reputation.feedback_revocation revocation
      using (chain, agent_id, client, feedback_index)) given
    group by is_revoked;
  return null;
end
$$;
create trigger feedback_given after insert on feedback
  referencing new table as touched for each statement execute function count_given();
create trigger feedback_undone after delete on feedback
  referencing old table as touched for each statement execute function count_given();

-- What is revoked moves from the one to the other.
create function count_revoked() returns trigger language plpgsql as $$
declare
  came constant integer := case when tg_op = 'INSERT' then 1 else -1 end;
begin
  -- The rows of a statement are all of one chain.
  if exists (select from reputation.uncounted where chain = (select chain from touched limit 1)) then
    return null;
  end if;
  perform reputation.count_feedback(array_agg(reputation.feedback_mark(
      chain, agent_id, tag1, tag2, value, value_decimals)), -came, came)
    from touched join reputation.feedback using (chain, agent_id, client, feedback_index);
  return null;
end
$$;
create trigger revocation_given after insert on feedback_revocation
  referencing new table as touched for each statement execute function count_revoked();
create trigger revocation_undone after delete on feedback_revocation
  referencing old table as touched for each statement execute function count_revoked();

-- Counts a chain whose entries nobody has counted, in the order in which they are then looked for.
create function count_all_feedback(counted_chain text)
  returns void language plpgsql set work_mem = '64MB' as $$
begin
  insert into reputation.feedback_standing (chain, tag, agent_id, entries, total)
    select chain, tag, agent_id, count(*), sum(reputation.scaled(value, value_decimals))
    from reputation.feedback entry
    cross join lateral unnest(reputation.standing_tags(left(tag1, 257), left(tag2, 257))) tags (tag)
    where chain = counted_chain and not exists (
      select from reputation.feedback_revocation revocation
      where revocation.chain = entry.chain and revocation.agent_id = entry.agent_id
      and revocation.client = entry.client and revocation.feedback_index = entry.feedback_index)
    group by chain, agent_id, tag
    order by agent_id, tag;
  insert into reputation.feedback_count (chain, tag, agent_id, kind, decimals, entries)
    select chain, tag, agent_id, kind, decimals, count(*)
    from (select entry.*, case when revocation.chain is null then 'decimals' else 'revoked' end as kind,
        case when revocation.chain is null then value_decimals else 0 end as decimals
      from reputation.feedback entry left join reputation.feedback_revocation revocation
      using (chain, agent_id, client, feedback_index)
      where entry.chain = counted_chain) told
    cross join lateral unnest(reputation.standing_tags(left(tag1, 257), left(tag2, 257))) tags (tag)
    where kind = 'revoked' or decimals > 0
    group by chain, agent_id, tag, kind, decimals;
end
$$;

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

-- What an agent settled over more than a token and a tag: in a token over all tags, and under a tag or
-- none over all tokens, which the empty token stands for, without a volume, as amounts of two add up
-- to nothing. Over all tags only what it settled as a payee. Ratings in hundredths of 0 to 100.
alter table settled_summary add column average_rating bigint
  generated always as (case when rated = 0 then null else (rating_sum * 200 + rated) / (rated * 2) end) stored;
-- With all that a search may ask of those that it goes through.
create index settled_summary_volume on settled_summary (chain, token, tag, volume, agent_id)
  include (epoch, closed, rated, rating_sum);
create index settled_summary_rating on settled_summary (chain, token, tag, average_rating, agent_id)
  include (epoch, closed, rated, rating_sum, volume);
create table settled_total (
  chain text not null,
  agent_id numeric(78) not null,
  epoch bigint not null,
  token text not null,
  tag text not null,
  volume numeric(39) not null,
  closed bigint not null,
  rated bigint not null,
  rating_sum bigint not null,
  missed bigint not null,
  late bigint not null,
  lost bigint not null,
  average_rating bigint
    generated always as (case when rated = 0 then null else (rating_sum * 200 + rated) / (rated * 2) end) stored,
  primary key (chain, agent_id, epoch, token, tag)
);
create index settled_total_volume on settled_total (chain, token, tag, volume, agent_id)
  include (epoch, closed, rated, rating_sum);
create index settled_total_rating on settled_total (chain, token, tag, average_rating, agent_id)
  include (epoch, closed, rated, rating_sum, volume);

create function total_settled() returns trigger language plpgsql as $$
declare
  -- keccak256("earnest.client"): what an agent did as a client.
  client_tag constant text :=
    '0x26c4f9c9b5f0f784c44268114720e42e9b49b4e5d6d0900c844a043699dc2f42';
begin
  delete from reputation.settled_total total using touched
    where total.chain = touched.chain and total.agent_id = touched.agent_id
    and total.epoch = touched.epoch
    and (total.token, total.tag) in ((touched.token, ''), ('', touched.tag), ('', ''));
  insert into reputation.settled_total
      (chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost)
    select summary.chain, summary.agent_id, summary.epoch, summary.token, '', sum(volume),
      sum(closed), sum(rated), sum(rating_sum), sum(missed), sum(late), sum(lost)
    from (select distinct chain, agent_id, epoch, token from touched) changed
    join reputation.settled_summary summary using (chain, agent_id, epoch, token)
    where summary.tag <> client_tag
    group by summary.chain, summary.agent_id, summary.epoch, summary.token;
  insert into reputation.settled_total
      (chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost)
    select summary.chain, summary.agent_id, summary.epoch, '', summary.tag, 0, sum(closed),
      sum(rated), sum(rating_sum), sum(missed), sum(late), sum(lost)
    from (select distinct chain, agent_id, epoch, tag from touched) changed
    join reputation.settled_summary summary using (chain, agent_id, epoch, tag)
    group by summary.chain, summary.agent_id, summary.epoch, summary.tag;
  insert into reputation.settled_total
      (chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost)
    select total.chain, total.agent_id, total.epoch, '', '', 0, sum(closed), sum(rated),
      sum(rating_sum), sum(missed), sum(late), sum(lost)
    from (select distinct chain, agent_id, epoch from touched) changed
    join reputation.settled_total total using (chain, agent_id, epoch)
    where total.token <> ''
    group by total.chain, total.agent_id, total.epoch;
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

-- An average as of an older block is added up from indexes alone, as an agent's entries lie scattered,
-- each on a page of its own: all that were given, less those that were revoked. The index of what was
-- given is made when the chain has been caught up with; see LateIndexes.
drop index feedback_agent;
alter table feedback drop constraint feedback_pkey,
  add primary key (chain, agent_id, client, feedback_index)
    include (block_number, value, value_decimals);
alter table feedback_revocation drop constraint feedback_revocation_pkey,
  add primary key (chain, agent_id, client, feedback_index) include (block_number);

-- So are the hash of a block and its time, in seconds since 1970: null until a log, a header that passed
-- by, or one that was asked for told it.
alter table followed_block add column time bigint;
alter table followed_block drop constraint followed_block_pkey,
  add primary key (chain, number) include (hash, time);
create index followed_block_untimed on followed_block (chain, number) where time is null;

-- So are the responses that an entry had, and the records that a summary adds up, which are its sources.
drop index feedback_response_entry;
create index feedback_response_entry
  on feedback_response (chain, agent_id, client, feedback_index, block_number, log_index);
drop index settled_record_summary;
create index settled_record_summary
  on settled_record (chain, agent_id, epoch, token, tag, block_number, log_index)
  include (block_hash, transaction, role, deal_id, leg, outcome, gross, rating, missed, late, lost);

-- What is there already.
select count_all_feedback(chain) from followed_chain;
insert into agent_activity (chain, agent_id, last_block)
  select chain, agent_id, max(block_number) from (
    select chain, agent_id, block_number from agent_change
    union all select chain, agent_id, block_number from settled_record) active
  group by chain, agent_id;
update settled_summary set volume = volume;

-- How often the index went back. Blocks that are read again, as some of their logs came late, are
-- recorded under the same hashes, so that a hash does not tell what was read before from what is there
-- now; this number does. A block that was undone more than once is noted with each, as it may have gone
-- back deeper before.
alter table followed_chain add column rewinds bigint not null default 0;
alter table undone_block add column rewind bigint not null default 0,
  drop constraint undone_block_pkey, add primary key (chain, hash, rewind);

create or replace function note_undone_blocks() returns trigger language plpgsql as $$
declare
  remembered_depth constant bigint := 100000;
begin
  update reputation.followed_chain followed set rewinds = rewinds + 1
    where exists (select from undone
      where undone.chain = followed.chain and undone.number > followed.cursor_number);
  insert into reputation.undone_block (chain, hash, number, common_number, common_hash, rewind)
    select undone.chain, undone.hash, undone.number, cursor_number, cursor_hash, rewinds
    from undone join reputation.followed_chain followed on followed.chain = undone.chain
    where undone.number > cursor_number;
  -- Whoever was told of a shallower one before is told of the deeper one now.
  delete from reputation.undone_block before using reputation.undone_block now, undone
    where now.chain = undone.chain and now.hash = undone.hash
    and before.chain = now.chain and before.hash = now.hash
    and before.rewind < now.rewind and before.common_number >= now.common_number;
  -- Who stands at a block that nobody has any more begins anew; at one that was read again nothing
  -- else would tell him.
  delete from reputation.undone_block long_ago using reputation.followed_chain followed
    where long_ago.chain = followed.chain and long_ago.number < cursor_number - remembered_depth
    and not exists (select from reputation.followed_block again
      where again.chain = long_ago.chain and again.number = long_ago.number
      and again.hash = long_ago.hash);
  return null;
end
$$;
