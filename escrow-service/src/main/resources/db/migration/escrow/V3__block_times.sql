-- In seconds since 1970; null where nobody told it. See org.earnest.kit.follow.FollowLedger.
alter table followed_block add column time bigint;
