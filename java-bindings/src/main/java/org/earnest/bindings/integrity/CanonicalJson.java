package org.earnest.bindings.integrity;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.erdtman.jcs.NumberToJSON;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON that means one thing to every reader, and so can be signed: an I-JSON object (RFC 7493) in
 * UTF-8 without duplicate keys, lone surrogates or anything after it. A number must be one that a
 * double carries without loss, because canonicalisation would otherwise give unequal numbers one
 * form and one signature.
 */
public final class CanonicalJson {
  public static final int MAX_BYTES = 256 * 1024;
  public static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_CHARS = 40;
  private static final BigDecimal MAX_SAFE_INTEGER = BigDecimal.valueOf((1L << 53) - 1);

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_BYTES)
                          .maxStringLength(MAX_BYTES)
                          .maxNumberLength(MAX_NUMBER_CHARS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private CanonicalJson() {}

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ObjectNode read(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw malformed("longer than " + MAX_BYTES + " bytes");
    }
    JsonNode root = parse(utf8(json));
    if (!(root instanceof ObjectNode object)) {
      throw malformed("a JSON object is expected");
    }
    requireSignable(object);
    return object;
  }

  /** The canonical form (RFC 8785, JCS) in UTF-8. */
  public static byte[] canonicalize(ObjectNode object) {
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsString(object)).getEncodedUTF8();
    } catch (IOException impossible) {
      throw new IllegalStateException("a JSON object has a canonical form", impossible);
    }
  }

  /** The object as text. */
  public static String write(ObjectNode object) {
    return MAPPER.writeValueAsString(object);
  }

  private static String utf8(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw malformed("not UTF-8");
    }
  }

  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException refused) {
      var location = refused.getLocation();
      throw malformed(
          "not strict JSON (syntax, a duplicate key, or too deep)"
              + (location == null ? "" : " at line " + location.getLineNr())
              + (location == null ? "" : ", column " + location.getColumnNr()));
    }
  }

  private static void requireSignable(JsonNode node) {
    if (node.isString()) {
      requireNoLoneSurrogate(node.stringValue());
    } else if (node.isNumber()) {
      requireCarriedByADouble(node.decimalValue());
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      requireNoLoneSurrogate(member.getKey());
    }
    for (JsonNode child : node) {
      requireSignable(child);
    }
  }

  private static void requireNoLoneSurrogate(String text) {
    if (!StandardCharsets.UTF_16BE.newEncoder().canEncode(text)) {
      throw malformed("a text has a lone surrogate");
    }
  }

  private static void requireCarriedByADouble(BigDecimal number) {
    boolean unsafeInteger =
        number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(MAX_SAFE_INTEGER) > 0;
    if (unsafeInteger || !isCanonicalFormExact(number)) {
      throw malformed("a number is out of the range of exact JSON numbers; write it as text");
    }
  }

  private static boolean isCanonicalFormExact(BigDecimal number) {
    try {
      String canonical = NumberToJSON.serializeNumber(number.doubleValue());
      return new BigDecimal(canonical).compareTo(number) == 0;
    } catch (IOException infinite) {
      return false;
    }
  }

  private static IllegalArgumentException malformed(String detail) {
    return new IllegalArgumentException(detail);
  }
}
