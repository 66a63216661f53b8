package org.earnest.credentials.proof;

import java.util.List;
import java.util.Locale;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The envelopes that are understood. One is carried in JSON as an object whose {@code id} is a
 * {@code data:} URL (VC Data Model 2.0 §4.13.1, §4.13.2).
 */
public record Envelopes(List<EnvelopeFormat> formats) {
  public static final String CREDENTIAL_TYPE = "EnvelopedVerifiableCredential";
  public static final String PRESENTATION_TYPE = "EnvelopedVerifiablePresentation";

  /** None: enveloped credentials are refused. */
  public static final Envelopes NONE = new Envelopes(List.of());

  private static final String SCHEME = "data:";

  public Envelopes {
    formats = List.copyOf(formats);
  }

  /** A credential in an envelope, as JSON carries it (VC Data Model 2.0 §4.13.1). */
  public static ObjectNode credential(EnvelopeFormat format, String content) {
    return carried(CREDENTIAL_TYPE, format, content);
  }

  /** A presentation likewise (§4.13.2). */
  public static ObjectNode presentation(EnvelopeFormat format, String content) {
    return carried(PRESENTATION_TYPE, format, content);
  }

  private static ObjectNode carried(String type, EnvelopeFormat format, String content) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("@context", KnownContexts.CREDENTIALS_V2)
        .put("id", SCHEME + format.mediaType() + "," + content)
        .put("type", type);
  }

  public static boolean isCredential(ObjectNode json) {
    return isType(json, CREDENTIAL_TYPE);
  }

  public static boolean isPresentation(ObjectNode json) {
    return isType(json, PRESENTATION_TYPE);
  }

  private static boolean isType(ObjectNode json, String wanted) {
    JsonNode type = json.path("type");
    return isText(type, wanted)
        || (type.isArray() && type.valueStream().anyMatch(item -> isText(item, wanted)));
  }

  private static boolean isText(JsonNode node, String text) {
    return node.isString() && node.stringValue().equals(text);
  }

  /**
   * Opens the envelope in the object's {@code id}.
   *
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL} when there is none, {@code
   *     PROOF_UNSUPPORTED} when it is of an unknown kind, or as the format refuses
   */
  public Envelope open(ObjectNode json) throws InvalidCredentialException {
    String url = json.path("id").asString("");
    int comma = url.indexOf(',');
    if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || comma < 0) {
      throw new InvalidCredentialException(
          CredentialRefusal.INVALID_CREDENTIAL,
          "the id of an enveloped object must be a data: URL of the envelope");
    }
    String mediaType = url.substring(SCHEME.length(), comma);
    return open(mediaType, url.substring(comma + 1));
  }

  /**
   * Opens an envelope.
   *
   * @param mediaType without parameters
   */
  public Envelope open(String mediaType, String content) throws InvalidCredentialException {
    String wanted = mediaType.toLowerCase(Locale.ROOT);
    for (EnvelopeFormat format : formats) {
      if (format.mediaType().equals(wanted)) {
        return format.open(content);
      }
    }
    throw new InvalidCredentialException(
        CredentialRefusal.PROOF_UNSUPPORTED,
        "envelopes are understood of "
            + (formats.isEmpty()
                ? "no kind"
                : formats.stream().map(EnvelopeFormat::mediaType).toList().toString()));
  }
}
