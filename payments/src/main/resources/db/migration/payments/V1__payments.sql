-- What the facilitator brings on chain: one row per payment, for ever.
create table settlement (
  id          char(66)       primary key,
  chain       text           not null,
  token       char(42)       not null,
  payer       char(42)       not null,
  nonce       char(66)       not null,
  pay_to      char(42)       not null,
  amount      numeric(78)    not null check (amount >= 0),
  calldata    text           not null,
  state       text           not null check (state in ('submitted', 'settled', 'failed')),
  transaction char(66),
  reason      text,
  detail      text,
  begun_at    timestamptz    not null default now(),
  changed_at  timestamptz    not null default now(),
  unique (chain, token, payer, nonce),
  check (state <> 'settled' or transaction is not null)
);

-- What a server sold: one row per payment presented and found good. The key stays for ever, the
-- answer only as long as it is handed out again.
create table claim (
  id             char(66)    primary key,
  fingerprint    char(66)    not null,
  binding        char(66)    not null,
  state          text        not null check (state in ('running', 'answered', 'paid', 'refused')),
  attempt        uuid        not null,
  leased_until   timestamptz not null,
  answer_status  integer,
  answer_type    text,
  answer_body    bytea,
  settlement     text,
  claimed_at     timestamptz not null default now(),
  concluded_at   timestamptz,
  check (state in ('running', 'refused') or answer_status is not null),
  check (state in ('running', 'answered') or settlement is not null)
);

create index claim_with_answer on claim (concluded_at) where answer_body is not null;
