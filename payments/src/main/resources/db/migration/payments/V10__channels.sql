-- Channels that pay here: what the hub last said of them, and what was earned. Amounts count from the channel's
-- beginning, as its vouchers do.
create table channel (
  id                    char(66)     primary key,
  offer                 text         not null,
  config                text         not null,
  balance               numeric(39)  not null,
  total_claimed         numeric(39)  not null,
  withdraw_requested_at bigint       not null,
  refund_nonce          numeric(78)  not null,
  seen_at               timestamptz  not null,
  -- when what was claimed, or refunded, was last seen to change
  moved_at              timestamptz  not null,
  earned                numeric(39)  not null,
  -- of a refund that was signed and is not seen on chain: not for sale
  withheld              numeric(39)  not null default 0,
  signed_max            numeric(39)  not null default 0,
  signature             text,
  check (signed_max = 0 or signature is not null)
);

create index channel_with_earnings on channel (id) where earned > total_claimed;
create index channel_moved on channel (moved_at) where signature is not null;

-- What was sold of a channel's money: no two rows of a channel overlap, so that nothing is served twice for it.
create table channel_sale (
  channel  char(66)     not null references channel,
  top      numeric(39)  not null,
  bottom   numeric(39)  not null,
  payment  char(66)     not null,
  primary key (channel, top),
  unique (channel, payment),
  check (bottom >= 0 and bottom < top)
);

-- Names each time that a facilitator is asked for a refund: a refund may be forgotten, and another kept under its nonce.
create sequence channel_refund_asking;

-- Refunds as they were signed, before anybody was shown one: whoever asks again is given the very same.
create table channel_refund (
  channel    char(66)     not null references channel,
  nonce      numeric(78)  not null,
  payment    char(66)     not null,
  payload    text         not null,
  -- the last time that a facilitator was asked for it
  asking     bigint       not null default 0,
  -- of those times; each may still bring it on chain
  unanswered integer      not null default 0,
  primary key (channel, nonce),
  unique (channel, payment)
);
