package org.earnest.reputation.reading;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.file.PaymentVerdict;

/**
 * A feedback's file as it was last seen.
 *
 * @param code why it was not read, stable
 * @param expectedHash Keccak-256 that the feedback names; zero where it names none
 * @param payment what became of the payment that the file claims; empty until it was read
 * @param lookedAt empty before the first look
 */
public record Note(
    String uri,
    Hash32 expectedHash,
    FileState state,
    Optional<String> code,
    Optional<String> detail,
    Optional<Hash32> contentHash,
    Optional<PaymentVerdict> payment,
    Optional<Instant> lookedAt) {}
