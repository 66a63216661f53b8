-- What was sold, of sellers that ask to be found. The same address of two payees is two entries.
create table resource (
  resource text        not null,
  pay_to   text        not null,
  type     text        not null,
  json     text        not null,
  words    text        not null,
  sold_at  timestamptz not null,
  primary key (resource, pay_to)
);

create index resource_sold on resource (sold_at desc);

-- Each settlement lists one thing, though its buyer may ask for it again under another address.
alter table settlement add column listed boolean not null default false;
