package org.earnest.credentials.status;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential's place in a status list ({@code BitstringStatusListEntry}, Bitstring Status List
 * 1.0 §2.1).
 *
 * @param index from 0, in values, not bits
 * @param list where the list's credential is
 * @param bits of a value, 1 to {@link Statuses#MAX_BITS}
 * @param messages one for each value, or none
 */
public record BitstringEntry(
    StatusPurpose purpose, long index, URI list, int bits, List<String> messages) {
  public static final String TYPE = "BitstringStatusListEntry";
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]*");

  /** As many always fit a {@code long}; no list has an entry with more. */
  private static final int MAX_DIGITS = 18;

  private static final int HEX = 16;

  public BitstringEntry {
    messages = List.copyOf(messages);
  }

  /** One bit. */
  public BitstringEntry(StatusPurpose purpose, long index, URI list) {
    this(purpose, index, list, 1, List.of());
  }

  /**
   * Reads a {@code credentialStatus}.
   *
   * @throws InvalidCredentialException {@code STATUS_MALFORMED}, {@code STATUS_UNSUPPORTED} for
   *     another type or purpose, or {@code STATUS_OUT_OF_RANGE} for an index that no list has
   */
  public static BitstringEntry parse(ObjectNode json) throws InvalidCredentialException {
    if (!json.path("type").asString("").equals(TYPE)) {
      throw refused(CredentialRefusal.STATUS_UNSUPPORTED, "credentialStatus.type must be " + TYPE);
    }
    String purpose = text(json, "statusPurpose");
    URI list = url(json.path("statusListCredential"), "statusListCredential");
    if (json.has("id") && list.equals(url(json.path("id"), "id"))) {
      throw malformed("id must not be the URL of the status list");
    }
    requireReferences(json.path("statusReference"));
    int bits = bits(json.path("statusSize"));
    return new BitstringEntry(
        StatusPurpose.of(purpose)
            .orElseThrow(
                () ->
                    refused(
                        CredentialRefusal.STATUS_UNSUPPORTED, "statusPurpose is not known here")),
        index(text(json, "statusListIndex")),
        list,
        bits,
        messages(json, bits, purpose.equals(StatusPurpose.MESSAGE.text())));
  }

  /** As a credential carries it. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", list + "#" + index)
            .put("type", TYPE)
            .put("statusPurpose", purpose.text())
            .put("statusListIndex", Long.toString(index))
            .put("statusListCredential", list.toString());
    if (!messages.isEmpty()) {
      json.put("statusSize", bits);
      ArrayNode texts = json.putArray("statusMessage");
      for (int value = 0; value < messages.size(); value++) {
        texts
            .addObject()
            .put("status", "0x" + Integer.toHexString(value))
            .put("message", messages.get(value));
      }
    }
    return json;
  }

  private static long index(String text) throws InvalidCredentialException {
    if (!INDEX.matcher(text).matches()) {
      throw malformed("statusListIndex must be an integer from 0 in base 10, as text");
    }
    if (text.length() > MAX_DIGITS) {
      throw refused(
          CredentialRefusal.STATUS_OUT_OF_RANGE, "statusListIndex is beyond every status list");
    }
    return Long.parseLong(text);
  }

  private static int bits(JsonNode size) throws InvalidCredentialException {
    if (size.isMissingNode()) {
      return 1;
    }
    if (!size.isIntegralNumber() || size.asLong(0) < 1) {
      throw malformed("statusSize must be an integer above 0");
    }
    if (size.asLong() > Statuses.MAX_BITS) {
      throw refused(
          CredentialRefusal.STATUS_UNSUPPORTED,
          "statusSize is at most " + Statuses.MAX_BITS + " here");
    }
    return size.intValue();
  }

  private static List<String> messages(ObjectNode json, int bits, boolean required)
      throws InvalidCredentialException {
    JsonNode array = json.path("statusMessage");
    if (array.isMissingNode() && bits == 1 && !required) {
      return List.of();
    }
    int values = 1 << bits;
    if (!array.isArray() || array.size() != values) {
      throw malformed("statusMessage must be an array of " + values + ", one for each status");
    }
    String[] texts = new String[values];
    for (JsonNode message : array) {
      int value = value(message.path("status"), values);
      if (!message.path("message").isString() || texts[value] != null) {
        throw malformed("statusMessage must have one message for each status");
      }
      texts[value] = message.path("message").stringValue();
    }
    return new ArrayList<>(List.of(texts));
  }

  private static int value(JsonNode status, int values) throws InvalidCredentialException {
    String text = status.asString("");
    boolean hex = text.startsWith("0x") && text.length() > 2 && text.length() <= 2 + 2;
    if (hex && text.chars().skip(2).allMatch(HexFormat::isHexDigit)) {
      int value = Integer.parseInt(text, 2, text.length(), HEX);
      if (value < values) {
        return value;
      }
    }
    throw malformed(
        "statusMessage.status must be a hexadecimal value that statusSize has room for");
  }

  private static void requireReferences(JsonNode reference) throws InvalidCredentialException {
    if (reference.isArray()) {
      for (JsonNode one : reference) {
        url(one, "statusReference");
      }
    } else if (!reference.isMissingNode()) {
      url(reference, "statusReference");
    }
  }

  private static String text(ObjectNode json, String member) throws InvalidCredentialException {
    if (!json.path(member).isString()) {
      throw malformed(member + " must be text");
    }
    return json.path(member).stringValue();
  }

  private static URI url(JsonNode value, String member) throws InvalidCredentialException {
    try {
      URI url = new URI(value.asString(""));
      if (value.isString() && url.isAbsolute()) {
        return url;
      }
    } catch (URISyntaxException notAUrl) {
      // Answered below.
    }
    throw malformed(member + " must be a URL");
  }

  private static InvalidCredentialException malformed(String detail) {
    return refused(CredentialRefusal.STATUS_MALFORMED, "credentialStatus: " + detail);
  }

  private static InvalidCredentialException refused(CredentialRefusal refusal, String detail) {
    return new InvalidCredentialException(refusal, detail);
  }
}
