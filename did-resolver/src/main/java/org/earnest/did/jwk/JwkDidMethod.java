package org.earnest.did.jwk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.DidMethod;
import org.earnest.did.document.DidDocumentReader;
import org.earnest.did.document.StrictJsonDocument;
import org.earnest.did.key.PublicKeyJwk;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.key.PublicKeyType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * did:jwk: the identifier is a JSON Web Key in base64url. The key is listed for what its curve can
 * do and its {@code use} allows.
 */
public final class JwkDidMethod implements DidMethod {
  public static final String NAME = "jwk";
  private static final String FRAGMENT = "#0";

  @Override
  public String name() {
    return NAME;
  }

  /** The DID of a key. */
  public static Did didOf(PublicKeyMultibase key) {
    byte[] json = StrictJsonDocument.write(PublicKeyJwk.write(key)).getBytes(UTF_8);
    return new Did("did:jwk:" + Base64.getUrlEncoder().withoutPadding().encodeToString(json));
  }

  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    try {
      ObjectNode jwk = StrictJsonDocument.read(decode(did.methodSpecificId()));
      return PublicKeyJwk.read(jwk)
          .map(key -> document(did, jwk, key))
          .orElseGet(
              () ->
                  new DidResolution.Refused(
                      ErrorType.FEATURE_NOT_SUPPORTED,
                      "this kind of JWK is not supported; supported: EC and OKP keys of the curves"
                          + " P-256, P-384, secp256k1, Ed25519 and X25519"));
    } catch (IllegalArgumentException malformed) {
      return new DidResolution.Refused(
          ErrorType.INVALID_DID, String.valueOf(malformed.getMessage()));
    }
  }

  private static byte[] decode(String text) {
    byte[] json = Base64.getUrlDecoder().decode(text);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(json).equals(text)) {
      throw new IllegalArgumentException("the JWK must be base64url without padding");
    }
    return json;
  }

  private static DidResolution document(Did did, ObjectNode jwk, PublicKeyMultibase key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context")
        .add("https://www.w3.org/ns/did/v1")
        .add("https://w3id.org/security/suites/jws-2020/v1");
    json.put("id", did.value());
    json.putArray("verificationMethod")
        .addObject()
        .put("id", did + FRAGMENT)
        .put("type", "JsonWebKey2020")
        .put("controller", did.value())
        .set("publicKeyJwk", jwk);
    purposes(key.type(), jwk.path("use").asString(""))
        .forEach(purpose -> json.putArray(purpose.property()).add(did + FRAGMENT));
    return new DidResolution.Resolved(
        DidDocumentReader.read(json, did),
        DidDocumentMetadata.NONE,
        Optional.of(StrictJsonDocument.write(json)));
  }

  private static Set<VerificationRelationship> purposes(PublicKeyType type, String use) {
    Set<VerificationRelationship> purposes = EnumSet.allOf(VerificationRelationship.class);
    Set<VerificationRelationship> agreement = EnumSet.of(VerificationRelationship.KEY_AGREEMENT);
    if (use.equals("enc") || type == PublicKeyType.X25519) {
      purposes.retainAll(agreement);
    }
    if (use.equals("sig") || type == PublicKeyType.ED25519) {
      purposes.removeAll(agreement);
    }
    return purposes;
  }
}
