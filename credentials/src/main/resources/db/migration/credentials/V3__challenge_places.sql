-- How many are kept is told by the first and the last place, without counting them at each use.
alter table used_challenge add column place bigint generated always as identity;
create unique index used_challenge_place on used_challenge (place);
