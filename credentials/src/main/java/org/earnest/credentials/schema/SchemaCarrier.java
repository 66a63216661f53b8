package org.earnest.credentials.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.earnest.credentials.SchemaCheck;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential whose subject is a schema ({@code JsonSchemaCredential}, Verifiable Credentials JSON
 * Schema §2.2).
 */
final class SchemaCarrier {
  static final String TYPE = "JsonSchemaCredential";
  private static final String SUBJECT_TYPE = JsonSchemaCheck.TYPE;

  private SchemaCarrier() {}

  /**
   * The schema that a credential carries.
   *
   * @param text of the credential
   * @param url by which it was named
   * @throws InvalidCredentialException {@code SCHEMA_INVALID}, or {@code SCHEMA_UNAVAILABLE} where
   *     it may count later
   */
  static ObjectNode schema(String text, String url, SchemaCheck.Carriers carriers)
      throws InvalidCredentialException {
    Credential carrier = verified(text, carriers);
    if (carrier.id().filter(url::equals).isEmpty()) {
      throw invalid("its id is not the URL that names it");
    }
    if (!carrier.types().contains(TYPE)) {
      throw invalid("its type must include " + TYPE);
    }
    JsonNode subject = carrier.json().path("credentialSubject");
    JsonNode only = subject.isArray() && subject.size() == 1 ? subject.get(0) : subject;
    if (!types(only.path("type")).equals(List.of(SUBJECT_TYPE))
        || !(only.path("jsonSchema") instanceof ObjectNode schema)) {
      throw invalid("it must have one subject of the type " + SUBJECT_TYPE + " with a jsonSchema");
    }
    return schema;
  }

  private static List<String> types(JsonNode type) {
    return type.isArray()
        ? type.valueStream().map(one -> one.asString("")).toList()
        : List.of(type.asString(""));
  }

  private static Credential verified(String text, SchemaCheck.Carriers carriers)
      throws InvalidCredentialException {
    try {
      return carriers.verified(text.getBytes(UTF_8));
    } catch (InvalidCredentialException refused) {
      if (refused.refusal().retryable()) {
        throw new InvalidCredentialException(
            CredentialRefusal.SCHEMA_UNAVAILABLE,
            "the schema's credential cannot be verified now: " + refused.detail());
      }
      throw invalid(refused.detail());
    }
  }

  private static InvalidCredentialException invalid(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.SCHEMA_INVALID, "the schema's credential does not count: " + detail);
  }
}
