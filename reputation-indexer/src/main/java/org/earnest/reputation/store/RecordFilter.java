package org.earnest.reputation.store;

import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.fold.Role;

/** Which of an agent's settled records are wanted; empty members want any. */
public record RecordFilter(
    Optional<Role> role,
    Optional<Long> epoch,
    Optional<EvmAddress> token,
    Optional<Hash32> tag,
    TimeSpan closed) {}
