package org.earnest.kit.submission;

import java.time.Instant;
import java.util.Optional;

/**
 * One state that a submission had.
 *
 * @param state its name in lower case
 * @param at the database's clock
 */
public record SubmissionStep(
    String state,
    Instant at,
    Optional<String> transactionHash,
    Optional<Long> blockNumber,
    Optional<String> blockHash,
    Optional<String> code,
    Optional<String> reason) {}
