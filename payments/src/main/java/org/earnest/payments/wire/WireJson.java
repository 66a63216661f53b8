package org.earnest.payments.wire;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads strangers' JSON within bounds and writes ours. */
public final class WireJson {
  /** The longest document read, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  static final int MAX_DEPTH = 32;
  static final int MAX_NUMBER_CHARS = 100;

  private static final JsonMapper MAPPER = mapper();

  private WireJson() {}

  /**
   * One JSON object.
   *
   * @throws WireFormatException when it is too long or too deep, gives a key twice, goes on after
   *     its end, or is no object
   */
  public static ObjectNode read(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new WireFormatException("the JSON is longer than " + MAX_BYTES + " bytes");
    }
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException refused) {
      // The parser's own sentence may quote the sender's text.
      throw new WireFormatException(
          "not JSON as x402 needs it: malformed, nested too deeply, or with a key given twice",
          refused);
    }
    throw new WireFormatException("a JSON object is expected");
  }

  public static byte[] write(WireObject object) {
    return write(object.toJson());
  }

  public static byte[] write(JsonNode json) {
    return MAPPER.writeValueAsBytes(json);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_BYTES)
                    .maxStringLength(MAX_BYTES)
                    .maxNameLength(1024)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .build();
  }
}
