create table submission (
  id bytea primary key check (length(id) = 32),
  chain text not null,
  key text not null,
  sender text not null,
  to_address text not null,
  data text not null,
  value numeric(78) not null,
  state text not null,
  signer text,
  nonce bigint,
  tx_hash text,
  raw text,
  gas_limit numeric(78),
  max_fee_per_gas numeric(78),
  max_priority_fee_per_gas numeric(78),
  block_number bigint,
  block_hash text,
  code text,
  reason text,
  step integer not null,
  changed_at timestamptz not null default now(),
  constraint submission_nonce unique (chain, signer, nonce),
  constraint submission_signed_whole check (num_nulls(signer, nonce, tx_hash, raw, gas_limit,
    max_fee_per_gas, max_priority_fee_per_gas) in (0, 7))
);

create index submission_open on submission (chain, (coalesce(signer, sender)))
  where state in ('claimed', 'signed', 'broadcast');

-- Every state that a submission ever had.
create table submission_history (
  id bytea not null references submission (id),
  step integer not null,
  state text not null,
  tx_hash text,
  block_number bigint,
  block_hash text,
  code text,
  reason text,
  at timestamptz not null default now(),
  primary key (id, step)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'history is appended to, never changed';
end $$;

create trigger history_stays before update or delete on submission_history
  for each row execute function refuse_change();
