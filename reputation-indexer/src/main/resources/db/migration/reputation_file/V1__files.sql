-- Files that the registries' events point to. What the chain says stands in the schema reputation;
-- a row here outlives a reorganisation, and counts for nothing while no event names it.

-- Who is asked for a file, so that few of one's are asked for at once: the last two labels of the name, as
-- whoever has a domain has as many names below it as they like. Who offers names to others, as under co.uk
-- or github.io, is one with them. As much of a name as an index takes.
create function asked_host(uri text) returns text immutable language sql
  return (with named as (select lower(rtrim(regexp_replace(regexp_replace(
      coalesce(substring(left(uri, 2048) from '^[^:]*://([^/?#]*)'), ''),
      '^.*@', ''), ':[0-9]*$', ''), '.')) as name)
    select case lower(left(uri, 5)) when 'data:' then '' when 'ipfs:' then 'ipfs'
      else left(case when name ~ '^[0-9.]*$' or name like '[%' then name
        else coalesce(substring(name from '[^.]+[.][^.]+$'), name) end, 256) end from named);

-- One for each URI of a chain's agents; the key has the SHA-256 of the URI, which may be long.
create table registration_file (
  chain text not null,
  uri_digest bytea not null check (octet_length(uri_digest) = 32),
  uri text not null,
  -- Who is asked for it; empty where nobody is.
  host text not null generated always as (asked_host(uri)) stored,
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
create index registration_file_due on registration_file (chain, next_look_at) include (host)
  where next_look_at is not null;

create index registration_file_words on registration_file using gin (words);
create index registration_file_capabilities on registration_file using gin (capabilities);

-- Files of more than 256 words, which are found by what they say and not by the agents under each word of
-- their texts.
create index registration_file_long on registration_file using gin (words, capabilities)
  where length(words) + cardinality(capabilities) > 256;

-- Agents in the order of their numbers under "=" and each capability, so that a page of those who share one is
-- found however many they are; under "~" and each three characters of its name; and under each lexeme of their
-- files' texts, or under "*" instead where lexemes and capabilities are more than 256. Whether the file counts is
-- asked of the file: a word only leads there, and one that is stale does no harm.
create table agent_word (
  chain text not null,
  word text not null,
  agent_id numeric(78) not null,
  primary key (chain, word, agent_id)
);
create index agent_word_agent on agent_word (chain, agent_id);

-- What a name is found by in part, whatever the case: of 256 characters, which GraphQL tells of it.
create function name_parts(name text) returns text[] immutable language sql
  return array(select distinct '~' || substr(lower(left(name, 256)), first, 3)
    from generate_series(1, char_length(lower(left(name, 256))) - 2) first);

create function words_of(words tsvector, capabilities text[], name text) returns text[] immutable language sql
  return case when length(words) + cardinality(capabilities) > 256 then array['*']
    else tsvector_to_array(coalesce(words, '')) end
    || array(select '=' || unnest(capabilities)) || name_parts(name);

-- Agents whose words are to be written anew, the longest marked first: they point elsewhere, or a file that
-- names them says something else.
create table agent_word_due (
  chain text not null,
  agent_id numeric(78) not null,
  marked bigint not null generated always as identity,
  primary key (chain, agent_id)
);
create index agent_word_due_first on agent_word_due (chain, marked);

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
  host text not null generated always as (asked_host(uri)) stored,
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
  -- Looks in vain at the file, and for the transaction that it names as its payment.
  attempts integer not null default 0,
  transaction_attempts integer not null default 0,
  next_look_at timestamptz default '-infinity',
  primary key (chain, block_hash, log_index)
);
create index feedback_file_due on feedback_file (chain, next_look_at) include (host)
  where next_look_at is not null;
create index feedback_file_payment on feedback_file (chain, payment_transaction)
  where payment_transaction is not null;
-- What a run with other tokens looks at again when it starts.
create index feedback_file_given_up on feedback_file (chain, payment_code)
  where payment_code is not null and next_look_at is null;
