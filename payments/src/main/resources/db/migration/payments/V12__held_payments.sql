-- What a seller is still to get out of escrow, and what it got: one row per payment.
create table held_payment (
  id            char(66)    primary key,
  chain         text        not null,
  operator      char(42)    not null,
  payer         char(42)    not null,
  receiver      char(42)    not null,
  token         char(42)    not null,
  amount        numeric(37) not null,
  fetch_until   bigint      not null,
  capture_until bigint      not null,
  refund_until  bigint      not null,
  salt          numeric(78) not null,
  ended         boolean     not null default false,
  held_at       timestamptz not null default now()
);

create index held_payment_open on held_payment (capture_until, id) where not ended;
