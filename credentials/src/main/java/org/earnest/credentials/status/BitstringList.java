package org.earnest.credentials.status;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.DateTimeStamp;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code BitstringStatusListCredential} says (Bitstring Status List 1.0 §2.2).
 *
 * @param purposes as written; one or more
 * @param ttl how long it may be kept; zero for not at all
 * @param list expanded, as if each value had one bit
 */
record BitstringList(
    Did issuer,
    Optional<String> id,
    Set<String> purposes,
    Duration ttl,
    Optional<Instant> validUntil,
    Statuses list) {
  static final String TYPE = "BitstringStatusListCredential";
  static final String SUBJECT_TYPE = "BitstringStatusList";

  /** So many entries hide which one is asked for (§3.1, step 10). */
  static final int MIN_ENTRIES = 131_072;

  static final Duration DEFAULT_TTL = Duration.ofMinutes(5);

  /** A base64url text in multibase. */
  private static final String MULTIBASE = "u";

  /**
   * Reads it.
   *
   * @param credential whose proof was verified
   * @throws InvalidCredentialException {@code STATUS_MALFORMED}
   */
  static BitstringList of(Did issuer, ObjectNode credential) throws InvalidCredentialException {
    if (!texts(credential.path("type")).contains(TYPE)) {
      throw malformed("its type must include " + TYPE);
    }
    JsonNode subject = credential.path("credentialSubject");
    if (!subject.isObject() || !texts(subject.path("type")).contains(SUBJECT_TYPE)) {
      throw malformed("its credentialSubject must be one " + SUBJECT_TYPE);
    }
    Set<String> purposes = texts(subject.path("statusPurpose"));
    if (purposes.isEmpty()) {
      throw malformed("its statusPurpose must be text, or an array of texts");
    }
    return new BitstringList(
        issuer,
        Optional.of(credential.path("id").asString("")).filter(id -> !id.isEmpty()),
        purposes,
        ttl(subject.path("ttl")),
        DateTimeStamp.parse(credential.path("validUntil").asString("")),
        expanded(subject.path("encodedList")));
  }

  /** The list as a credential to be signed. */
  static ObjectNode credential(
      URI url, StatusPurpose purpose, Statuses list, Instant validFrom, Instant validUntil) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context").add(KnownContexts.CREDENTIALS_V2);
    json.put("id", url.toString());
    json.putArray("type").add(Credential.BASE_TYPE).add(TYPE);
    json.put("validFrom", validFrom.toString()).put("validUntil", validUntil.toString());
    json.putObject("credentialSubject")
        .put("id", url + "#list")
        .put("type", SUBJECT_TYPE)
        .put("statusPurpose", purpose.text())
        .put("encodedList", MULTIBASE + Compression.GZIP.write(list.bytes()));
    return json;
  }

  private static Statuses expanded(JsonNode encoded) throws InvalidCredentialException {
    String text = encoded.asString("");
    if (!text.startsWith(MULTIBASE)) {
      throw malformed("its encodedList must be multibase base64url, beginning with u");
    }
    byte[] list =
        Compression.GZIP
            .read(text.substring(1))
            .orElseThrow(
                () ->
                    malformed(
                        "its encodedList must be GZIP of at most "
                            + Compression.MAX_BYTES
                            + " bytes"));
    return Statuses.of(Statuses.Order.LEFT_FIRST, 1, list);
  }

  private static Duration ttl(JsonNode ttl) throws InvalidCredentialException {
    if (ttl.isMissingNode()) {
      return DEFAULT_TTL;
    }
    if (!ttl.isIntegralNumber() || ttl.asLong(-1) < 0) {
      throw malformed("its ttl must be milliseconds from 0");
    }
    return Duration.ofMillis(ttl.asLong());
  }

  private static Set<String> texts(JsonNode value) {
    if (value.isString()) {
      return Set.of(value.stringValue());
    }
    Set<String> texts = new HashSet<>();
    for (JsonNode one : value.isArray() ? value : JsonNodeFactory.instance.arrayNode()) {
      if (!one.isString()) {
        return Set.of();
      }
      texts.add(one.stringValue());
    }
    return Set.copyOf(List.copyOf(texts));
  }

  private static InvalidCredentialException malformed(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.STATUS_MALFORMED, "the status list is malformed: " + detail);
  }
}
