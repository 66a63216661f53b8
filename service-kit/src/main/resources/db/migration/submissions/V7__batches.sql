-- Several submissions as the calls of one transaction: whose it is, and which call.
alter table submission
  add column carrier bytea references submission (id),
  add column carrier_index integer check (carrier_index >= 0);
alter table submission add constraint submission_carried_whole
  check ((state = 'carried') = (carrier is not null) and num_nulls(carrier, carrier_index) in (0, 2));
alter table submission_history add column carrier bytea, add column carrier_index integer;

create unique index submission_place on submission (carrier, carrier_index) where carrier is not null;
