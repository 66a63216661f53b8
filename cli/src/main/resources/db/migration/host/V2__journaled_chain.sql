-- The chains whose transactions a journal holds that no host alone owns.
create table journaled_chain (
  chain    text primary key,
  genesis  text not null
);
