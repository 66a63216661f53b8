-- Kept for ever: a key that moved money once must be known when it comes again.
create table answer (
  service text not null,
  key text not null,
  request_digest bytea not null check (length(request_digest) = 32),
  claim uuid not null,
  claimed_until timestamptz not null,
  status integer,
  content_type text,
  location text,
  body bytea,
  answered_at timestamptz,
  primary key (service, key),
  constraint answer_whole check ((status is null) = (answered_at is null))
);
