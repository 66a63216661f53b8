-- A settlement is looked at again until no reorganisation can change it. What was settled before
-- this was kept counts as final, as it did then.
alter table settlement add column final boolean not null default false;
update settlement set final = true where state = 'settled';
