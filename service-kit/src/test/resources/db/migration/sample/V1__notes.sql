create table note (id text primary key, body text not null);
