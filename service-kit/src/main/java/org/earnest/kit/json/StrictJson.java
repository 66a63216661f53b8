package org.earnest.kit.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The one JSON mapper. It refuses a key given twice, anything after the value, nesting, text and
 * documents beyond their bounds, and text where a number or a truth value belongs (and the other
 * way round). Members that nobody asked for are ignored, as the protocols here require of readers.
 * Absent optional members are left out when writing.
 */
public final class StrictJson {
  public static final int MAX_DEPTH = 64;
  public static final int MAX_DOCUMENT_CHARS = 4 * 1024 * 1024;
  public static final int MAX_STRING_CHARS = 1024 * 1024;
  public static final int MAX_NAME_CHARS = 1024;
  public static final int MAX_NUMBER_CHARS = 100;

  private static final JsonMapper MAPPER = build();

  private StrictJson() {}

  /** The shared mapper; immutable and safe for every thread. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads one value of a type.
   *
   * @throws JsonRefusedException with a sentence that may be shown to whoever sent the text
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return present(MAPPER.readValue(json, type), type);
    } catch (JacksonException refused) {
      throw new JsonRefusedException(explain(refused), refused);
    }
  }

  /**
   * Reads one value as a tree.
   *
   * @throws JsonRefusedException with a sentence that may be shown to whoever sent the text
   */
  public static JsonNode readTree(byte[] json) {
    return read(json, JsonNode.class);
  }

  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  @SuppressWarnings("NullAway") // an empty or null document is read as null
  private static <T> T present(T value, Class<T> type) {
    if (value == null || (value instanceof JsonNode node && node.isMissingNode())) {
      throw new JsonRefusedException(
          "expected a JSON value, found nothing",
          new IllegalArgumentException("no " + type.getSimpleName()));
    }
    return value;
  }

  /** Position and cause, without the sender's own text and without our class names. */
  private static String explain(JacksonException refused) {
    var location = refused.getLocation();
    String where =
        location == null || location.getLineNr() < 1
            ? ""
            : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    return Refusals.cause(refused) + where;
  }

  private static JsonMapper build() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_DOCUMENT_CHARS)
                    .maxStringLength(MAX_STRING_CHARS)
                    .maxNameLength(MAX_NAME_CHARS)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .build())
            .build();
    JsonMapper.Builder builder =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .changeDefaultPropertyInclusion(
                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT));
    refuseCoercion(builder);
    return builder.build();
  }

  private static void refuseCoercion(JsonMapper.Builder builder) {
    for (LogicalType number : new LogicalType[] {LogicalType.Integer, LogicalType.Float}) {
      builder.withCoercionConfig(
          number,
          config ->
              config
                  .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                  .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                  .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }
    builder.withCoercionConfig(
        LogicalType.Textual,
        config ->
            config
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    builder.withCoercionConfig(
        LogicalType.Boolean,
        config ->
            config
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
  }
}
