-- Whether the caller allows a stuck transaction to be given up, and which attempts do nothing but spend the nonce.
alter table submission
  add column cancellable boolean not null default false,
  add column cancels boolean not null default false;
alter table submission_history add column cancels boolean not null default false;

drop index submission_included;
create index submission_included on submission (chain, signer, block_number)
  where state in ('mined', 'reverted', 'expired');
