-- How a settlement's money moves: each way has nonces of its own.
alter table settlement add column method text not null default 'eip3009'
  check (method in ('eip3009', 'permit2', 'upto', 'auth-capture'));
alter table settlement alter column method drop default;
alter table settlement drop constraint settlement_chain_token_payer_nonce_key;
alter table settlement add unique (method, chain, token, payer, nonce);
create index settlement_transaction on settlement (transaction);
