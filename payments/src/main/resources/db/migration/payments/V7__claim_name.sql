-- What buyers call their purchases (the extension payment-identifier), each for himself.
create table claim_name (
  identifier char(66) primary key,
  claim      char(66) not null references claim on delete cascade
);

create index claim_name_of on claim_name (claim);

-- What an answer costs in atomic units, where that was known after the work only.
alter table claim add column answer_charge numeric(78);
