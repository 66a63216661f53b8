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
