create table entered (
  id integer references public.gate deferrable initially deferred
);
insert into entered values (1);
