-- Answers that wait for their payment, oldest first: so that they are not kept for ever.
create index claim_unpaid on claim (claimed_at) where state = 'answered' and answer_body is not null;
