package org.earnest.credentials.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JWS in compact form (RFC 7515 §3.1) that could be judged: strict JSON, of the expected type and
 * an allowed algorithm, without anything in its header that would bring a key along or that is not
 * understood (RFC 8725).
 *
 * @param payload strict JSON, as signed
 * @param type the kind of key that its algorithm belongs to
 */
public record StrictJws(JWSObject jws, ObjectNode header, ObjectNode payload, KeyType type) {
  /** Characters of a whole; base64url of the largest JSON that is read, with room to spare. */
  public static final int MAX_CHARS = 2 * SignableJson.MAX_BYTES;

  private static final int PARTS = 3;

  /** Each would let the sender choose the key, or a rule that nobody here knows. */
  private static final Set<String> REFUSED =
      Set.of("jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "zip", "enc");

  /**
   * Reads one, whose signature is not judged yet.
   *
   * @param types of which {@code typ} must be one, to the letter
   * @throws InvalidCredentialException {@code PROOF_MALFORMED}, {@code PROOF_UNSUPPORTED} or {@code
   *     MALFORMED_JSON}
   */
  public static StrictJws parse(String compact, Set<String> types)
      throws InvalidCredentialException {
    ObjectNode header = header(compact);
    String typ = header.path("typ").asString("");
    if (!header.path("typ").isString() || !types.contains(typ)) {
      throw unsupported("typ must be " + String.join(" or ", types));
    }
    return parse(compact, header);
  }

  /**
   * Reads one of a format that knows no types, whose signature is not judged yet.
   *
   * @throws InvalidCredentialException as {@link #parse} does; {@code PROOF_UNSUPPORTED} also where
   *     it has a type: it was signed as something else
   */
  public static StrictJws parseUntyped(String compact) throws InvalidCredentialException {
    ObjectNode header = header(compact);
    if (header.has("typ")) {
      throw unsupported("typ is not expected");
    }
    return parse(compact, header);
  }

  private static ObjectNode header(String compact) throws InvalidCredentialException {
    return SignableJson.read(decode(parts(compact).getFirst()));
  }

  private static StrictJws parse(String compact, ObjectNode header)
      throws InvalidCredentialException {
    List<String> parts = parts(compact);
    for (String refused : REFUSED) {
      if (header.has(refused)) {
        throw unsupported(refused + " is not understood in a header");
      }
    }
    KeyType type =
        Optional.of(header.path("alg"))
            .filter(alg -> alg.isString())
            .flatMap(alg -> JwsAlgorithms.typeOf(alg.stringValue()))
            .orElseThrow(() -> unsupported("alg must be EdDSA, ES256 or ES384"));
    ObjectNode payload = SignableJson.read(decode(parts.get(1)));
    if (decode(parts.get(2)).length != type.signatureBytes()) {
      throw malformed("the signature has not the length of its algorithm");
    }
    return new StrictJws(jws(compact), header, payload, type);
  }

  /**
   * The key that the header names.
   *
   * @throws InvalidCredentialException {@code PROOF_MALFORMED} unless it is a DID and a fragment
   */
  public DidUrl keyId() throws InvalidCredentialException {
    try {
      DidUrl kid = DidUrl.parse(header.path("kid").asString(""));
      if (kid.fragment().isPresent() && kid.path().isEmpty() && kid.query().isEmpty()) {
        return kid;
      }
    } catch (IllegalArgumentException notADidUrl) {
      // Answered below, as a DID URL without a fragment is.
    }
    throw malformed("kid must be a DID and a fragment");
  }

  /** Whether the key made it; never where the algorithm is not the key's. */
  public boolean verifies(VerificationKey key) {
    try {
      return key.type() == type && jws.verify(new KeyVerifier(key));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the verifier fails in no other way", impossible);
    }
  }

  private static JWSObject jws(String compact) throws InvalidCredentialException {
    try {
      return JWSObject.parse(compact);
    } catch (ParseException malformed) {
      throw malformed("it is no JWS");
    }
  }

  private static List<String> parts(String compact) throws InvalidCredentialException {
    if (compact.length() > MAX_CHARS) {
      throw malformed("it has more than " + MAX_CHARS + " characters");
    }
    List<String> parts = List.of(compact.split("\\.", -1));
    if (parts.size() != PARTS) {
      throw malformed("it is no JWS in compact form");
    }
    return parts;
  }

  /** Base64url in its one spelling: no padding, no bits to spare. */
  static byte[] decode(String text) throws InvalidCredentialException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below.
    }
    throw malformed("a part is not base64url");
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] bytes(ObjectNode json) {
    return SignableJson.write(json).getBytes(StandardCharsets.UTF_8);
  }

  private static InvalidCredentialException malformed(String detail) {
    return new InvalidCredentialException(CredentialRefusal.PROOF_MALFORMED, "JWS: " + detail);
  }

  private static InvalidCredentialException unsupported(String detail) {
    return new InvalidCredentialException(CredentialRefusal.PROOF_UNSUPPORTED, "JWS: " + detail);
  }
}
