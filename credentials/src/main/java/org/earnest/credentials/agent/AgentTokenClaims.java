package org.earnest.credentials.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.earnest.credentials.jose.JwkKey;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.DateTimeStamp;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a credential about an agent says, as claims of an SD-JWT VC: {@code vct} is the name that
 * the {@link AgentContext} gives its type, and the subject's members are claims of their own.
 */
public final class AgentTokenClaims {
  private static final String DID_KEY = "did:key:";

  /** What has a claim of its own; nothing else of a credential may be lost on the way. */
  private static final Set<String> MEMBERS =
      Set.of("@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject");

  /** What is said of the token itself, and by no subject's member. */
  private static final Set<String> OF_TOKENS =
      Set.of(
          "iss", "sub", "aud", "jti", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status");

  private static final JsonNode TERMS =
      JsonMapper.shared().readTree(new String(AgentContext.document(), UTF_8)).path("@context");

  /** Each member of a delegation bounds it, so that one without some would allow more. */
  private static final Set<String> SHOWN_WHOLE = Set.of("AgentDelegationCredential");

  private AgentTokenClaims() {}

  /** The {@code vct} of a type such as {@link AgentCapability#TYPE}. */
  public static String vct(String type) {
    return AgentContext.URL + "#" + type;
  }

  /**
   * The claims of a credential that is not signed yet. Where the subject is a did:key, its key is
   * the one that the holder proves to hold ({@code cnf}).
   *
   * @param credential with one subject; where it names no issuer, that is left to whoever signs
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL} for one that says what no claim
   *     carries
   */
  public static ObjectNode of(ObjectNode credential) throws InvalidCredentialException {
    for (String name : credential.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        throw invalid(name + " has no claim; give claims with a vct instead");
      }
    }
    ObjectNode claims = JsonNodeFactory.instance.objectNode().put("vct", vct(type(credential)));
    copy(credential, "issuer", "iss", claims);
    copy(credential, "id", "jti", claims);
    time(credential, "validFrom", "nbf", claims);
    time(credential, "validUntil", "exp", claims);
    if (!(credential.path("credentialSubject") instanceof ObjectNode subject)) {
      throw invalid("it must have one credentialSubject");
    }
    copy(subject, "id", "sub", claims);
    bind(claims);
    for (var member : subject.properties()) {
      if (OF_TOKENS.contains(member.getKey())) {
        throw invalid("the subject's " + member.getKey() + " has another meaning in a token");
      }
      if (!member.getKey().equals("id")) {
        claims.set(member.getKey(), member.getValue());
      }
    }
    return claims;
  }

  /**
   * JSON Pointers of what the holder may keep back: all that is said of the subject, and nothing of
   * a delegation.
   */
  public static Set<String> disclosable(ObjectNode credential) {
    if (credential.path("type").valueStream().anyMatch(AgentTokenClaims::isShownWhole)) {
      return Set.of();
    }
    Set<String> pointers = new TreeSet<>();
    for (String name : credential.path("credentialSubject").propertyNames()) {
      if (!name.equals("id")) {
        pointers.add("/" + name.replace("~", "~0").replace("/", "~1"));
      }
    }
    return pointers;
  }

  private static boolean isShownWhole(JsonNode type) {
    return SHOWN_WHOLE.contains(type.asString(""));
  }

  private static void bind(ObjectNode claims) {
    String subject = claims.path("sub").asString("");
    if (subject.startsWith(DID_KEY)) {
      VerificationKey.parse(subject.substring(DID_KEY.length()))
          .ifPresent(key -> claims.putObject("cnf").set("jwk", JwkKey.of(key)));
    }
  }

  private static String type(ObjectNode credential) throws InvalidCredentialException {
    List<String> types =
        credential
            .path("type")
            .valueStream()
            .map(type -> type.asString(""))
            .filter(type -> !type.equals(Credential.BASE_TYPE))
            .toList();
    if (types.size() != 1 || !TERMS.has(types.getFirst())) {
      throw invalid(
          "beside %s it must have one type, of an agent's credential; of others give claims with a vct"
              .formatted(Credential.BASE_TYPE));
    }
    return types.getFirst();
  }

  private static void time(ObjectNode credential, String member, String claim, ObjectNode claims)
      throws InvalidCredentialException {
    if (credential.has(member)) {
      claims.put(
          claim,
          DateTimeStamp.parse(credential.path(member).asString(""))
              .orElseThrow(() -> invalid(member + " is no time"))
              .getEpochSecond());
    }
  }

  private static void copy(ObjectNode from, String member, String claim, ObjectNode claims)
      throws InvalidCredentialException {
    JsonNode value = from.path(member);
    if (value.isString()) {
      claims.set(claim, value);
    } else if (!value.isMissingNode()) {
      throw invalid(member + " must be text in a token");
    }
  }

  private static InvalidCredentialException invalid(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.INVALID_CREDENTIAL, "as an SD-JWT: " + detail);
  }
}
