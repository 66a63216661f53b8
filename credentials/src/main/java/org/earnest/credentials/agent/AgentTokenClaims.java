package org.earnest.credentials.agent;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.DateTimeStamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a credential about an agent says, as claims of an SD-JWT VC: {@code vct} is the name that
 * the {@link AgentContext} gives its type, and the subject's members are claims of their own.
 */
public final class AgentTokenClaims {
  private AgentTokenClaims() {}

  /** The {@code vct} of a type such as {@link AgentCapability#TYPE}. */
  public static String vct(String type) {
    return AgentContext.URL + "#" + type;
  }

  /**
   * The claims of a credential that was made here and is not signed yet.
   *
   * @param credential with one subject; its issuer is left to whoever signs
   * @throws IllegalArgumentException for one that has no type beside the base type
   */
  public static ObjectNode of(ObjectNode credential) {
    ObjectNode claims = JsonNodeFactory.instance.objectNode().put("vct", vct(type(credential)));
    copy(credential.path("id"), "jti", claims);
    time(credential, "validFrom").ifPresent(seconds -> claims.put("nbf", seconds));
    time(credential, "validUntil").ifPresent(seconds -> claims.put("exp", seconds));
    ObjectNode subject = (ObjectNode) credential.path("credentialSubject");
    copy(subject.path("id"), "sub", claims);
    subject.properties().stream()
        .filter(member -> !member.getKey().equals("id"))
        .forEach(member -> claims.set(member.getKey(), member.getValue()));
    return claims;
  }

  /** JSON Pointers of what the holder may keep back: all that is said of the subject. */
  public static Set<String> disclosable(ObjectNode credential) {
    Set<String> pointers = new TreeSet<>();
    for (String name : credential.path("credentialSubject").propertyNames()) {
      if (!name.equals("id")) {
        pointers.add("/" + name.replace("~", "~0").replace("/", "~1"));
      }
    }
    return pointers;
  }

  private static String type(ObjectNode credential) {
    return credential
        .path("type")
        .valueStream()
        .map(type -> type.asString(""))
        .filter(type -> !type.equals(Credential.BASE_TYPE))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the credential says not what it is"));
  }

  private static Optional<Long> time(ObjectNode credential, String member) {
    return DateTimeStamp.parse(credential.path(member).asString(""))
        .map(instant -> instant.getEpochSecond());
  }

  private static void copy(JsonNode value, String claim, ObjectNode claims) {
    if (value.isString()) {
      claims.set(claim, value);
    }
  }
}
