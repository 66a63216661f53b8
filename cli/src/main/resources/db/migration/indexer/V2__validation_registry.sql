-- Null where none was named.
alter table deployment add column validation_registry text;
