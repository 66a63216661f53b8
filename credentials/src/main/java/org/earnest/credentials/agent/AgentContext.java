package org.earnest.credentials.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.KnownContexts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON-LD context of credentials about agents. A published version never changes. */
public final class AgentContext {
  /** Its identifier: a name that no one can register, and no verifier here ever fetches. */
  public static final String URL = "https://earnest.example/contexts/agent/v1";

  /** Where a host serves it. */
  public static final String PATH = "/contexts/agent/v1";

  /** The hash of the document, which a published version keeps. */
  public static final String SHA_256 =
      "5614263f379e4c420629896c763c22243a9b6bdf9ddb720d660d5d31d2706bb8";

  /** What names of capabilities, roles and actions match: 1 to 128 characters. */
  public static final String NAME = "[a-z0-9][a-z0-9.:/-]{0,127}";

  private static final String RESOURCE = "context-v1.jsonld";

  private AgentContext() {}

  /** The base context and this one. */
  public static KnownContexts known() {
    return KnownContexts.base().and(URL, document(), SHA_256);
  }

  /**
   * A credential of one of its types that says nothing yet; whoever issues it writes the issuer in.
   *
   * @param validFrom and {@code validUntil}: to the second
   */
  public static ObjectNode credential(String type, Instant validFrom, Instant validUntil) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context").add(KnownContexts.CREDENTIALS_V2).add(URL);
    json.putArray("type").add(Credential.BASE_TYPE).add(type);
    json.put("validFrom", validFrom.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("validUntil", validUntil.truncatedTo(ChronoUnit.SECONDS).toString());
    return json;
  }

  /**
   * Whether a credential is of one of its types, and means by it what this context says: another
   * one may have a type of the same name.
   */
  public static boolean defines(String type, VerifiedCredential verified) {
    return verified.types().contains(type)
        && verified.json().path("@context").valueStream().anyMatch(AgentContext::isThis);
  }

  private static boolean isThis(JsonNode context) {
    return context.isString() && URL.equals(context.stringValue());
  }

  /** The document, JSON-LD in UTF-8. */
  public static byte[] document() {
    try (InputStream resource =
        Objects.requireNonNull(AgentContext.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return resource.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
