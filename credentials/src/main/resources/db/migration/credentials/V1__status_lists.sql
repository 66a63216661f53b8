-- Lists of statuses, each of one issuer, for one purpose. A list grows until half of it is taken, so
-- that a random place is found soon; then a new one begins.
create table status_list (
  id uuid primary key,
  issuer text not null,
  form text not null check (form in ('bitstring', 'token')),
  purpose text not null,
  bits integer not null check (bits between 1 and 8),
  entries integer not null check (entries > 0),
  taken integer not null default 0 check (taken <= entries),
  -- One more with each change of a status.
  version bigint not null default 0,
  created_at timestamptz not null default now()
);
create index status_list_open on status_list (issuer, form, purpose, bits, created_at)
  where taken < entries / 2;

-- A place that was given is never given again, whatever became of the credential.
create table status_entry (
  list uuid not null references status_list,
  index integer not null check (index >= 0),
  credential_id text,
  purpose text not null,
  value integer not null default 0 check (value between 0 and 255),
  given_at timestamptz not null default now(),
  changed_at timestamptz,
  primary key (list, index)
);
create index status_entry_of_credential on status_entry (credential_id, purpose)
  where credential_id is not null;
create index status_entry_set on status_entry (list) where value <> 0;

-- What is served: signed once for each version, and again before it ends.
create table status_publication (
  list uuid primary key references status_list,
  version bigint not null,
  document text not null,
  signed_at timestamptz not null,
  anchored boolean not null default false
);
