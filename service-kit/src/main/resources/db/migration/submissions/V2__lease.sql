-- Who gives out an account's nonces. The token grows whenever the lease changes hands; a step that needs the lease
-- reads it in its own transaction, so that a holder who slept is refused.
create table signer_lease (
  chain text not null,
  signer text not null,
  holder uuid not null,
  token bigint not null,
  expires_at timestamptz not null,
  primary key (chain, signer)
);

-- A prepared submission has a nonce and fees, and no signature yet.
alter table submission drop constraint submission_signed_whole;
alter table submission add constraint submission_planned_whole
  check (num_nulls(signer, nonce, gas_limit, max_fee_per_gas, max_priority_fee_per_gas) in (0, 5));
alter table submission add constraint submission_signed_whole
  check (num_nulls(tx_hash, raw) = 2 or num_nulls(tx_hash, raw, signer) = 0);

drop index submission_open;
create index submission_open on submission (chain, (coalesce(signer, sender)))
  where state in ('claimed', 'prepared', 'signed', 'broadcast', 'reorganised');

-- What was decided and signed stays readable after the row has gone on.
alter table submission_history
  add column signer text,
  add column nonce bigint,
  add column raw text,
  add column gas_limit numeric(78),
  add column max_fee_per_gas numeric(78),
  add column max_priority_fee_per_gas numeric(78);
