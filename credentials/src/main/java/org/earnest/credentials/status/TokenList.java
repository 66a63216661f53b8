package org.earnest.credentials.status;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.jose.JwsWriter;
import org.earnest.credentials.jose.JwtTimes;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Token Status List (draft-ietf-oauth-status-list §5.1).
 *
 * @param ttl how long it may be kept, where its issuer says so
 */
public record TokenList(
    Did issuer, Statuses statuses, Optional<Duration> ttl, Optional<Instant> expires) {
  /** The media type's name in {@code typ}. */
  public static final String TYPE = "statuslist+jwt";

  private static final Set<Integer> WIDTHS = Set.of(1, 2, 4, 8);

  /**
   * Reads a list.
   *
   * @param claims that this issuer signed
   * @param url where the list was asked for
   * @throws InvalidCredentialException {@code STATUS_MALFORMED}, {@code STATUS_INVALID}
   */
  public static TokenList of(Did issuer, ObjectNode claims, URI url)
      throws InvalidCredentialException {
    if (!claims.path("sub").asString("").equals(url.toString())) {
      throw new InvalidCredentialException(
          CredentialRefusal.STATUS_INVALID, "the status list's sub is not where it was asked for");
    }
    JwtTimes times = JwtTimes.of(claims);
    if (times.issuedAt().isEmpty()) {
      throw malformed("iat is missing");
    }
    JsonNode list = claims.path("status_list");
    JsonNode bits = list.path("bits");
    if (!bits.isInt() || !WIDTHS.contains(bits.intValue())) {
      throw malformed("bits must be 1, 2, 4 or 8");
    }
    byte[] bytes =
        Compression.ZLIB
            .read(list.path("lst").asString(""))
            .orElseThrow(
                () -> malformed("lst must be ZLIB of at most " + Compression.MAX_BYTES + " bytes"));
    return new TokenList(
        issuer,
        Statuses.of(Statuses.Order.RIGHT_FIRST, bits.intValue(), bytes),
        ttl(claims.path("ttl")),
        times.expires());
  }

  /**
   * Signs a list.
   *
   * @param statuses {@link Statuses.Order#RIGHT_FIRST}, of 1, 2, 4 or 8 bits
   * @param ttl for so long whoever reads it may keep it
   * @param validity for so long an old list can be shown in place of a newer one
   */
  public static String sign(
      URI url, Statuses statuses, Duration ttl, Duration validity, Instant now, DidSigner signer) {
    int bits = statuses.bits();
    if (!WIDTHS.contains(bits)) {
      throw new IllegalArgumentException("a token status list has 1, 2, 4 or 8 bits");
    }
    ObjectNode claims =
        JsonNodeFactory.instance
            .objectNode()
            .put("iss", signer.verificationMethod().did().value())
            .put("sub", url.toString())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(validity).getEpochSecond())
            .put("ttl", ttl.toSeconds());
    claims
        .putObject("status_list")
        .put("bits", bits)
        .put("lst", Compression.ZLIB.write(statuses.bytes()));
    return JwsWriter.sign(claims, TYPE, Optional.empty(), signer);
  }

  private static Optional<Duration> ttl(JsonNode ttl) throws InvalidCredentialException {
    if (ttl.isMissingNode()) {
      return Optional.empty();
    }
    if (!ttl.isIntegralNumber() || !ttl.canConvertToInt() || ttl.intValue() <= 0) {
      throw malformed("ttl must be seconds above 0");
    }
    return Optional.of(Duration.ofSeconds(ttl.intValue()));
  }

  private static InvalidCredentialException malformed(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.STATUS_MALFORMED, "the status list is malformed: " + detail);
  }
}
