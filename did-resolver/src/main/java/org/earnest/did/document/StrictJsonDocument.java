package org.earnest.did.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON that strangers publish: one object in UTF-8, no key twice, bounded. */
public final class StrictJsonDocument {
  /** Bytes. */
  public static final int MAX_BYTES = 256 * 1024;

  public static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_CHARS = 40;

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

  private StrictJsonDocument() {}

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException with a sentence that may be shown to anybody
   */
  public static ObjectNode read(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new IllegalArgumentException("the document has more than " + MAX_BYTES + " bytes");
    }
    try {
      JsonNode node =
          MAPPER.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString());
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException | CharacterCodingException refused) {
      throw new IllegalArgumentException(
          "the document is not strict JSON in UTF-8 (syntax, a key twice, or deeper than "
              + MAX_DEPTH
              + ")",
          refused);
    }
    throw new IllegalArgumentException("the document is not a JSON object");
  }

  /** An object of our own making, read back. */
  public static ObjectNode read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Any JSON value; empty text where it is none. */
  public static JsonNode value(String json) {
    return MAPPER.readTree(json);
  }

  public static String write(JsonNode json) {
    return MAPPER.writeValueAsString(json);
  }
}
