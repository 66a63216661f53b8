package org.earnest.credentials.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Set;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a served list stays the same when it is only signed again: whose it is, where it is and
 * what it says, without times and signature. A list is anchored by this, so that whoever holds any
 * of its signed copies can prove since when its issuer says so.
 */
public final class AnchoredContent {
  private static final List<String> OF_CREDENTIAL = List.of("id", "issuer", "credentialSubject");
  private static final List<String> OF_TOKEN = List.of("iss", "sub", "status_list");

  private AnchoredContent() {}

  /**
   * Those members as they are served, as canonical JSON (RFC 8785) in UTF-8.
   *
   * @param served a {@code BitstringStatusListCredential} as JSON, or a {@code statuslist+jwt};
   *     whether its signature is good is not judged
   * @throws InvalidCredentialException where it is neither
   */
  public static byte[] of(String served) throws InvalidCredentialException {
    return served.startsWith("{")
        ? kept(SignableJson.read(served.getBytes(UTF_8)), OF_CREDENTIAL)
        : kept(StrictJws.parse(served, Set.of(TokenList.TYPE)).payload(), OF_TOKEN);
  }

  private static byte[] kept(ObjectNode whole, List<String> names)
      throws InvalidCredentialException {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    for (String name : names) {
      JsonNode value = whole.path(name);
      if (value.isMissingNode()) {
        throw new InvalidCredentialException(
            CredentialRefusal.STATUS_MALFORMED, "the status list is malformed: it has no " + name);
      }
      content.set(name, value);
    }
    return SignableJson.canonicalize(content);
  }
}
