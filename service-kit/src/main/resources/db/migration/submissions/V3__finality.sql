-- What is in a block and not final is looked at every few seconds.
create index submission_included on submission (chain, signer, block_number)
  where state in ('mined', 'reverted');
