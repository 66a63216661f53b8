create table nothing (;
