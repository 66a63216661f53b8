create schema bench;

create function bench.hash(what text) returns text language sql immutable parallel safe
  return '0x' || md5(what) || md5(what || '.');

create function bench.account(what text) returns text language sql immutable parallel safe
  return '0x' || md5(what) || substr(md5(what || '.'), 1, 8);

-- From 0 up to 1, always the same for the same two numbers.
create function bench.uniform(number bigint, use integer) returns double precision
  language sql immutable parallel safe
  return (hashint8extended(number, use) & 9007199254740991)::double precision / 9007199254740992;

-- Low numbers come far more often than high ones: the first gets a thousandth of a million.
create function bench.popular(number bigint, use integer, most bigint) returns bigint
  language sql immutable parallel safe
  return 1 + floor(most * bench.uniform(number, use) ^ 2)::bigint;
