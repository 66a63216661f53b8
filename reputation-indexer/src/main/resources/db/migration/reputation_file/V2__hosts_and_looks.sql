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

-- Made anew, which computes it for the rows that are there. Empty where nobody is asked.
alter table registration_file drop column host,
  add column host text not null generated always as (asked_host(uri)) stored;
alter table feedback_file drop column host,
  add column host text not null generated always as (asked_host(uri)) stored;

-- What is due is looked for host by host, so that what one has, however much, is stepped over.
drop index registration_file_due;
create index registration_file_due on registration_file (chain, host, next_look_at)
  where next_look_at is not null;
drop index feedback_file_due;
create index feedback_file_due on feedback_file (chain, host, next_look_at)
  where next_look_at is not null;

-- Looks in vain for the transaction that a file names as its payment, beside those at the file.
alter table feedback_file add column transaction_attempts integer not null default 0;
