package org.earnest.credentials.jose;

import java.time.Instant;
import java.util.Optional;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The times of a JWT (RFC 7519 §4.1).
 *
 * @param notBefore the later of {@code nbf} and {@code iat}
 */
public record JwtTimes(
    Optional<Instant> notBefore, Optional<Instant> issuedAt, Optional<Instant> expires) {
  /** The year 9999 ends here; later is a mistake. */
  private static final long LAST = 253_402_300_799L;

  /**
   * Reads them.
   *
   * @throws InvalidCredentialException {@code PROOF_MALFORMED} for what is no date
   */
  public static JwtTimes of(ObjectNode claims) throws InvalidCredentialException {
    Optional<Instant> nbf = date(claims, "nbf");
    Optional<Instant> iat = date(claims, "iat");
    boolean iatIsLater = nbf.isEmpty() || iat.filter(nbf.get()::isBefore).isPresent();
    return new JwtTimes(iatIsLater ? iat : nbf, iat, date(claims, "exp"));
  }

  private static Optional<Instant> date(ObjectNode claims, String name)
      throws InvalidCredentialException {
    JsonNode date = claims.path(name);
    if (date.isMissingNode()) {
      return Optional.empty();
    }
    if (!date.isNumber() || date.doubleValue() < 0 || date.doubleValue() > LAST) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_MALFORMED, name + " must be seconds since 1970");
    }
    return Optional.of(Instant.ofEpochSecond(date.decimalValue().longValue()));
  }
}
