-- Where the search for a settlement's transfer begins; of what was begun before it is not known.
alter table settlement add column begun_block bigint not null default 0 check (begun_block >= 0);
alter table settlement alter column begun_block drop default;
