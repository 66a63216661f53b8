-- By which the challenges of this database's processes are stamped: whoever made one knows it again
-- after a restart, and so does every other process.
create table challenge_secret (
  one boolean primary key default true check (one),
  secret bytea not null check (length(secret) = 32)
);

-- Challenges that were answered, until they would have ended: the first who writes one used it up.
create table used_challenge (
  challenge text primary key,
  expires timestamptz not null
);
create index used_challenge_expires on used_challenge (expires);
