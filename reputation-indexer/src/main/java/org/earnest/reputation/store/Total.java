package org.earnest.reputation.store;

import org.earnest.core.chain.EvmAddress;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.Role;

/** What an agent settled in one role and token, over all tags. */
public record Total(Role role, EvmAddress token, SettledSummary summary) {}
