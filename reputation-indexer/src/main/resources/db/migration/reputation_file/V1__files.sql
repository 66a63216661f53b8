-- Files that the registries' events point to. What the chain says stands in the schema reputation;
-- a row here outlives a reorganisation, and counts for nothing while no event names it.
-- One for each URI of a chain's agents; the key has the SHA-256 of the URI, which may be long.
create table registration_file (
  chain text not null,
  uri_digest bytea not null check (octet_length(uri_digest) = 32),
  uri text not null,
  -- Who is asked for it; empty where nobody is.
  host text not null generated always as (
    case when uri like 'data:%' then '' when uri like 'ipfs:%' then 'ipfs'
      else lower(coalesce(substring(left(uri, 300) from '^[^:]*://([^/?#]*)'), '')) end) stored,
  state text not null default 'waiting'
    check (state in ('waiting', 'read', 'refused', 'unavailable', 'malformed')),
  code text,
  detail text,
  content_hash text,
  document jsonb,
  -- What agents are found by: words as they stand and by their stems, and capabilities in lower case.
  words tsvector generated always as (
    to_tsvector('simple', coalesce(document ->> 'name', '') || ' '
      || coalesce(document ->> 'description', ''))
    || to_tsvector('english', coalesce(document ->> 'name', '') || ' '
      || coalesce(document ->> 'description', ''))) stored,
  capabilities text[] not null default '{}',
  read_at timestamptz,
  looked_at timestamptz,
  attempts integer not null default 0,
  next_look_at timestamptz default '-infinity',
  primary key (chain, uri_digest)
);
create index registration_file_due on registration_file (chain, next_look_at)
  where next_look_at is not null;

create index registration_file_words on registration_file using gin (words);
create index registration_file_capabilities on registration_file using gin (capabilities);

-- Agents in the order of their numbers under each lexeme of their files' texts, and under "=" and each
-- capability, so that a page of those who share a word is found however many they are. Whether the file
-- counts is asked of the file: a word only leads there.
create table agent_word (
  chain text not null,
  word text not null,
  agent_id numeric(78) not null,
  primary key (chain, word, agent_id)
);

create function words_of(words tsvector, capabilities text[]) returns text[] immutable language sql
  return tsvector_to_array(coalesce(words, '')) || array(select '=' || unnest(capabilities));

-- Whom a file names of those that point to it, so that nobody's file is led to from another's agent.
create function pointing_agents(file_chain text, file_uri text, document jsonb)
  returns setof numeric stable language sql as $$
  select a.agent_id from (
      select distinct cast(substring(id from ':([0-9]{1,78})$') as numeric) as agent_id
      from jsonb_array_elements_text(document -> 'registrations') id
      where starts_with(id, file_chain || ':')) named
    join reputation.agent a on a.chain = file_chain and a.agent_id = named.agent_id
    where a.uri = file_uri
$$;

create function note_file_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from reputation_file.agent_word gone
      using reputation_file.pointing_agents(old.chain, old.uri, old.document) agent (id),
        unnest(reputation_file.words_of(old.words, old.capabilities)) told (word)
      where gone.chain = old.chain and gone.word = told.word and gone.agent_id = agent.id;
  end if;
  insert into reputation_file.agent_word (chain, word, agent_id)
    select new.chain, told.word, agent.id
    from reputation_file.pointing_agents(new.chain, new.uri, new.document) agent (id),
      unnest(reputation_file.words_of(new.words, new.capabilities)) told (word)
    on conflict do nothing;
  return null;
end
$$;
create trigger registration_file_read after insert on registration_file for each row
  when (new.document is not null) execute function note_file_words();
create trigger registration_file_changed after update on registration_file for each row
  when (old.document is distinct from new.document) execute function note_file_words();

-- An agent points elsewhere, also where a reorganisation has it point back. The file is held, as it may
-- be read at the same time.
create function note_agent_words() returns trigger language plpgsql as $$
declare
  file reputation_file.registration_file;
begin
  if tg_op <> 'INSERT' then
    select * into file from reputation_file.registration_file
      where chain = old.chain and uri_digest = sha256(convert_to(old.uri, 'UTF8')) for share;
    delete from reputation_file.agent_word gone
      using unnest(reputation_file.words_of(file.words, file.capabilities)) told (word)
      where gone.chain = old.chain and gone.word = told.word and gone.agent_id = old.agent_id;
  end if;
  if tg_op <> 'DELETE' then
    select * into file from reputation_file.registration_file
      where chain = new.chain and uri_digest = sha256(convert_to(new.uri, 'UTF8')) for share;
    insert into reputation_file.agent_word (chain, word, agent_id)
      select new.chain, told.word, agent.id
      from reputation_file.pointing_agents(new.chain, new.uri, file.document) agent (id),
        unnest(reputation_file.words_of(file.words, file.capabilities)) told (word)
      where agent.id = new.agent_id
      on conflict do nothing;
  end if;
  return null;
end
$$;
create trigger agent_came after insert on reputation.agent for each row
  when (new.uri <> '') execute function note_agent_words();
create trigger agent_moved after update on reputation.agent for each row
  when (old.uri <> new.uri) execute function note_agent_words();
create trigger agent_gone after delete on reputation.agent for each row
  when (old.uri <> '') execute function note_agent_words();

-- One for each feedback with a URI, by the log that gave it.
create table feedback_file (
  chain text not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  agent_id numeric(78) not null,
  client text not null,
  uri text not null,
  -- Who is asked for it; empty where nobody is.
  host text not null generated always as (
    case when uri like 'data:%' then '' when uri like 'ipfs:%' then 'ipfs'
      else lower(coalesce(substring(left(uri, 300) from '^[^:]*://([^/?#]*)'), '')) end) stored,
  expected_hash text not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'read', 'hash_differs', 'refused', 'unavailable', 'malformed')),
  code text,
  detail text,
  content_hash text,
  payment text check (payment in ('absent', 'verified', 'wrong', 'unknown')),
  payment_code text,
  payment_detail text,
  payment_transaction text,
  payment_token text,
  payment_amount numeric(78),
  looked_at timestamptz,
  attempts integer not null default 0,
  next_look_at timestamptz default '-infinity',
  primary key (chain, block_hash, log_index)
);
create index feedback_file_due on feedback_file (chain, next_look_at)
  where next_look_at is not null;
create index feedback_file_payment on feedback_file (chain, payment_transaction)
  where payment_transaction is not null;
-- What a run with other tokens looks at again when it starts.
create index feedback_file_given_up on feedback_file (chain, payment_code)
  where payment_code is not null and next_look_at is null;
