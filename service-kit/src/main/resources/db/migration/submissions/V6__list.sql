-- The journal is listed by what changed last.
create index submission_changed on submission (changed_at, id);
