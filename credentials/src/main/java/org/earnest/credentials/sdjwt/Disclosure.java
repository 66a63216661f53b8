package org.earnest.credentials.sdjwt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.Sha256;
import org.earnest.credentials.model.SignableJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A claim, or an item of an array, that is hidden behind its digest (RFC 9901 §4.2).
 *
 * @param text as it travels, and as its digest is taken of
 * @param name empty for an item of an array
 */
record Disclosure(String text, Optional<String> name, JsonNode value) {
  private static final byte[] BEFORE = "{\"d\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte AFTER = '}';
  private static final int OF_ITEM = 2;
  private static final int OF_CLAIM = 3;

  static Disclosure of(String salt, Optional<String> name, JsonNode value) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode().add(salt);
    name.ifPresent(array::add);
    array.add(value);
    return new Disclosure(
        encode(array.toString().getBytes(StandardCharsets.UTF_8)), name, value.deepCopy());
  }

  /**
   * Reads one.
   *
   * @throws InvalidCredentialException {@code DISCLOSURE_INVALID}
   */
  static Disclosure parse(String text) throws InvalidCredentialException {
    JsonNode array = array(text);
    boolean item = array.size() == OF_ITEM;
    if (!(item || array.size() == OF_CLAIM) || !array.path(0).isString()) {
      throw SdJwt.invalid("a disclosure is an array of a salt, a name and a value");
    }
    if (item) {
      return new Disclosure(text, Optional.empty(), array.get(1));
    }
    String name = array.path(1).asString("");
    if (!array.path(1).isString() || SdJwt.RESERVED.contains(name)) {
      throw SdJwt.invalid("a disclosure has a name that is reserved, or no text");
    }
    return new Disclosure(text, Optional.of(name), array.get(2));
  }

  /** What stands for it in what was signed. */
  String digest() {
    return digest(text);
  }

  /** Of ASCII, with SHA-256. */
  static String digest(String text) {
    return encode(Sha256.of(text.getBytes(StandardCharsets.US_ASCII)));
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Strict JSON, which is read as objects alone. */
  private static JsonNode array(String text) throws InvalidCredentialException {
    byte[] json = SdJwt.decode(text);
    byte[] object =
        ByteBuffer.allocate(BEFORE.length + json.length + 1)
            .put(BEFORE)
            .put(json)
            .put(AFTER)
            .array();
    ObjectNode read;
    try {
      read = SignableJson.read(object);
    } catch (InvalidCredentialException malformed) {
      throw SdJwt.invalid("a disclosure is no strict JSON");
    }
    JsonNode array = read.path("d");
    if (read.size() != 1 || !array.isArray()) {
      throw SdJwt.invalid("a disclosure is no array");
    }
    return array;
  }
}
