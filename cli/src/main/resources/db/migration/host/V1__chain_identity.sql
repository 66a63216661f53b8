-- The one chain that this database's facts are about.
create table chain_identity (
  one      boolean primary key default true check (one),
  chain    text not null,
  genesis  text not null
);
