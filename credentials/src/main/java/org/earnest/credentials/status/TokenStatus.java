package org.earnest.credentials.status;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.earnest.core.identity.Did;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks Token Status Lists about tokens (draft-ietf-oauth-status-list §8.3), in their JWT form. A
 * list counts only by the token's issuer and while it is fresh; what cannot be asked is refused.
 */
public final class TokenStatus {
  private final DocumentSource source;
  private final TokenListReader reader;
  private final InstantSource clock;
  private final ListCache<TokenList> cache;

  /** Who judges a list's signature, by the keys of its issuer. */
  @FunctionalInterface
  public interface TokenListReader {
    /**
     * Reads a list whose signature is the issuer's.
     *
     * @throws InvalidCredentialException where it is not
     */
    TokenList read(String jwt, Did issuer, URI url, Instant now) throws InvalidCredentialException;
  }

  public TokenStatus(DocumentSource source, TokenListReader reader, InstantSource clock) {
    this.source = source;
    this.reader = reader;
    this.clock = clock;
    this.cache = new ListCache<>(clock);
  }

  /**
   * Asks about a token.
   *
   * @param claims of the token; one without a status is not refused
   * @return what is known now, for a person
   * @throws InvalidCredentialException {@code REVOKED}, {@code SUSPENDED}, or why nobody knows
   */
  public String check(Did issuer, ObjectNode claims) throws InvalidCredentialException {
    if (!claims.has("status")) {
      return "has no status";
    }
    JsonNode reference = claims.path("status").path("status_list");
    if (!reference.isObject() || claims.path("status").size() != 1) {
      throw new InvalidCredentialException(
          CredentialRefusal.STATUS_UNSUPPORTED, "status must have a status_list and nothing else");
    }
    URI url = url(reference.path("uri"));
    TokenList list = cache.get(new Question(url, issuer), () -> read(url, issuer));
    if (!list.issuer().equals(issuer)) {
      throw new InvalidCredentialException(
          CredentialRefusal.STATUS_INVALID, "the status list is another issuer's");
    }
    return judge(value(list, reference.path("idx")));
  }

  /** A stranger who names our list for his token must not disturb our tokens. */
  private record Question(URI url, Did issuer) {}

  private static int value(TokenList list, JsonNode index) throws InvalidCredentialException {
    if (!index.isIntegralNumber() || !index.canConvertToLong() || index.longValue() < 0) {
      throw malformed("idx must be an integer from 0");
    }
    if (index.longValue() >= list.statuses().entries()) {
      throw new InvalidCredentialException(
          CredentialRefusal.STATUS_OUT_OF_RANGE, "the status list has no entry " + index);
    }
    return list.statuses().get(index.longValue());
  }

  private static String judge(int value) throws InvalidCredentialException {
    TokenValue said =
        TokenValue.of(value)
            .orElseThrow(
                () ->
                    new InvalidCredentialException(
                        CredentialRefusal.STATUS_UNSUPPORTED,
                        "the status " + value + " is the application's own and not known here"));
    return switch (said) {
      case VALID -> "valid";
      case INVALID ->
          throw new InvalidCredentialException(
              CredentialRefusal.REVOKED, "the issuer has revoked the credential");
      case SUSPENDED ->
          throw new InvalidCredentialException(
              CredentialRefusal.SUSPENDED, "the issuer has suspended the credential");
    };
  }

  private ListCache.Kept<TokenList> read(URI url, Did issuer) throws InvalidCredentialException {
    TokenList list =
        reader.read(
            StatusSource.fetch(source, url, "application/" + TokenList.TYPE),
            issuer,
            url,
            clock.instant());
    return new ListCache.Kept<>(
        list,
        list.statuses().bytes().length,
        cache.until(list.ttl().orElse(Duration.ofMinutes(5)), list.expires().orElse(Instant.MAX)));
  }

  private static URI url(JsonNode uri) throws InvalidCredentialException {
    try {
      URI url = new URI(uri.asString(""));
      if (uri.isString() && url.isAbsolute()) {
        return url;
      }
    } catch (URISyntaxException notAUrl) {
      // Answered below.
    }
    throw malformed("uri must be a URL");
  }

  private static InvalidCredentialException malformed(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.STATUS_MALFORMED, "status_list: " + detail);
  }
}
