-- When an authorization ends decides when a settlement may. What was begun before has it in its
-- calldata only, in the fifth word; what does not fit counts as for ever.
alter table settlement add column valid_before numeric(78) check (valid_before >= 0);
update settlement
set valid_before = case
  when substr(calldata, 267, 49) ~ '^0+$' then ('x0' || substr(calldata, 316, 15))::bit(64)::bigint
  else 9223372036854775807
end;
alter table settlement alter column valid_before set not null;

-- Nothing was mined of these: they may yet be settled.
update settlement set state = 'submitted' where state = 'failed' and transaction is null;
