package org.earnest.reputation.reading;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.file.RegistrationFile;

/**
 * An agent's registration file as it was last seen.
 *
 * @param code why it was not read, stable
 * @param file what it said when it was last read, which may be before the last look
 * @param readAt when that was
 * @param lookedAt empty before the first look
 */
public record Card(
    FileState state,
    Optional<String> code,
    Optional<String> detail,
    Optional<Hash32> contentHash,
    Optional<RegistrationFile> file,
    Optional<Instant> readAt,
    Optional<Instant> lookedAt) {
  static Card read(Hash32 hash, RegistrationFile file) {
    return new Card(
        FileState.READ,
        Optional.empty(),
        Optional.empty(),
        Optional.of(hash),
        Optional.of(file),
        Optional.empty(),
        Optional.empty());
  }

  static Card not(FileState state, String code, String detail, Optional<Hash32> hash) {
    return new Card(
        state,
        Optional.of(code),
        Optional.of(detail),
        hash,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
