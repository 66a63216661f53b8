package org.earnest.credentials.status;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.StatusCheck;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Envelopes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks status lists about credentials (Bitstring Status List 1.0 §3.2). A list counts only with its
 * own proof, by the credential's issuer, and while it is fresh; what cannot be asked is refused.
 * Safe for use by many threads.
 */
public final class BitstringStatus implements StatusCheck {
  /** Of a credential; each may cost a fetch. */
  static final int MAX_STATUSES = 8;

  private static final String ACCEPT =
      "application/vc, application/vc+jwt, application/ld+json, application/json";

  /** A compact JWS begins so: its header is an object, in base64url. */
  private static final String JWS = "eyJ";

  private final DocumentSource source;
  private final CredentialVerifier verifier;
  private final ListCache<Published> cache;

  /** A list, and what its digests are of. */
  private record Published(BitstringList list, String document) {}

  /**
   * Asks by this source.
   *
   * @param verifier of lists, which have no status themselves; it opens {@link
   *     JwtEnvelope#CREDENTIAL} where lists may be secured so
   */
  public BitstringStatus(DocumentSource source, CredentialVerifier verifier, InstantSource clock) {
    this.source = source;
    this.verifier = verifier;
    this.cache = new ListCache<>(clock);
  }

  @Override
  public String check(Credential credential, Instant now) throws InvalidCredentialException {
    List<String> found = new ArrayList<>();
    JsonNode statuses = credential.json().path("credentialStatus");
    if (statuses.isArray() && statuses.size() > MAX_STATUSES) {
      throw new InvalidCredentialException(
          CredentialRefusal.INVALID_CREDENTIAL,
          "a credential may have " + MAX_STATUSES + " statuses at most");
    }
    for (JsonNode status : statuses.isArray() ? statuses : List.of(statuses)) {
      BitstringEntry entry = BitstringEntry.parse((ObjectNode) status);
      Published published = published(entry);
      credential
          .related()
          .require(entry.list().toString(), published.document.getBytes(StandardCharsets.UTF_8));
      found.add(check(credential.issuer(), entry, published.list));
    }
    return String.join(", ", found);
  }

  /**
   * Asks about one status of a credential.
   *
   * @param issuer the credential's
   * @param status a {@code credentialStatus}
   * @return what is known now, for a person
   * @throws InvalidCredentialException {@code REVOKED}, {@code SUSPENDED}, or why nobody knows
   */
  public String check(Did issuer, ObjectNode status) throws InvalidCredentialException {
    BitstringEntry entry = BitstringEntry.parse(status);
    return check(issuer, entry, published(entry).list);
  }

  private Published published(BitstringEntry entry) throws InvalidCredentialException {
    return cache.get(entry.list(), () -> read(entry.list()));
  }

  private static String check(Did issuer, BitstringEntry entry, BitstringList list)
      throws InvalidCredentialException {
    if (!list.issuer().equals(issuer)) {
      throw unverified("it is another issuer's");
    }
    if (!list.purposes().contains(entry.purpose().text())) {
      throw unverified("it is not for " + entry.purpose().text());
    }
    return judge(entry, value(list.list().ofBits(entry.bits()), entry.index()));
  }

  private static int value(Statuses statuses, long index) throws InvalidCredentialException {
    requireLength(statuses);
    if (index >= statuses.entries()) {
      throw new InvalidCredentialException(
          CredentialRefusal.STATUS_OUT_OF_RANGE, "the status list has no entry " + index);
    }
    return statuses.get(index);
  }

  private static void requireLength(Statuses statuses) throws InvalidCredentialException {
    if (statuses.entries() < BitstringList.MIN_ENTRIES) {
      throw new InvalidCredentialException(
          CredentialRefusal.STATUS_LIST_TOO_SHORT,
          "the status list has fewer than " + BitstringList.MIN_ENTRIES + " entries");
    }
  }

  private static String judge(BitstringEntry entry, int value) throws InvalidCredentialException {
    return switch (entry.purpose()) {
      case REVOCATION -> clear(value, CredentialRefusal.REVOKED, "not revoked", "revoked");
      case SUSPENSION -> clear(value, CredentialRefusal.SUSPENDED, "not suspended", "suspended");
      case MESSAGE -> "message: " + entry.messages().get(value);
      case REFRESH -> value == 0 ? "no newer credential" : "a newer credential is to be had";
    };
  }

  private static String clear(int value, CredentialRefusal refusal, String good, String bad)
      throws InvalidCredentialException {
    if (value != 0) {
      throw new InvalidCredentialException(refusal, "the issuer has " + bad + " the credential");
    }
    return good;
  }

  private ListCache.Kept<Published> read(URI url) throws InvalidCredentialException {
    String document = StatusSource.fetch(source, url, ACCEPT);
    BitstringList list = verified(document);
    if (list.id().filter(id -> !id.equals(url.toString())).isPresent()) {
      throw unverified("its id is not the URL that it was asked for by");
    }
    requireLength(list.list());
    return new ListCache.Kept<>(
        new Published(list, document),
        (int) (list.list().entries() / Byte.SIZE) + document.length(),
        cache.until(list.ttl(), list.validUntil().orElse(Instant.MAX)));
  }

  private BitstringList verified(String body) throws InvalidCredentialException {
    return switch (verifier.verify(secured(body).getBytes(StandardCharsets.UTF_8))) {
      case VerificationOutcome.Verified verified ->
          BitstringList.of(verified.credential().issuer(), verified.credential().json());
      case VerificationOutcome.Refused refused -> {
        if (refused.refusal().retryable()) {
          throw new InvalidCredentialException(
              CredentialRefusal.STATUS_UNAVAILABLE,
              "the status list cannot be verified now: " + refused.detail());
        }
        throw unverified(refused.detail());
      }
    };
  }

  /** A bare JWT as JSON carries it. */
  private static String secured(String body) {
    return body.startsWith(JWS)
        ? Envelopes.credential(JwtEnvelope.CREDENTIAL, body.strip()).toString()
        : body;
  }

  private static InvalidCredentialException unverified(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.STATUS_INVALID, "the status list does not count: " + detail);
  }
}
