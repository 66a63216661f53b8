-- What an account signed within the last hours is summed before it signs more, where its key has a budget.
create index submission_history_signed on submission_history (signer, at)
  where state in ('prepared', 'signed');
