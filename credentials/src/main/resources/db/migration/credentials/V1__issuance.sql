-- One row per idempotency key, kept for ever: the same request gets the same credential.
create table issuance (
  idempotency_key text primary key check (length(idempotency_key) between 1 and 255),
  request_hash    bytea not null check (length(request_hash) = 32),
  credential      text not null,
  issued_at       timestamptz not null default now()
);
