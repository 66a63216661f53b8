package org.earnest.cli.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.credentials.SdJwtVerifier;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.sdjwt.DisclosedClaims;
import org.earnest.credentials.sdjwt.SdJwt;
import tools.jackson.databind.node.ObjectNode;

/** A credential or presentation as it stands in a file, known by its form; nothing is verified. */
public sealed interface SecuredText {
  /**
   * With a Data Integrity proof, or an envelope in JSON.
   *
   * @param text as it was read: a parser may hide a duplicate key
   */
  record Json(String text) implements SecuredText {
    /** The object. */
    public ObjectNode object() throws InvalidCredentialException {
      return SignableJson.read(text.getBytes(UTF_8));
    }

    public boolean isPresentation() throws InvalidCredentialException {
      return SecuredText.isPresentation(object());
    }
  }

  /** {@code vc+jwt} or {@code vp+jwt}, in compact form. */
  record Jwt(String compact) implements SecuredText {
    private static final Set<String> TYPES =
        Stream.of(JwtEnvelope.values())
            .flatMap(format -> format.types().stream())
            .collect(Collectors.toUnmodifiableSet());

    /** Header and payload. */
    public StrictJws jws() throws InvalidCredentialException {
      return StrictJws.parse(compact, TYPES);
    }

    public boolean isPresentation() throws InvalidCredentialException {
      return JwtEnvelope.PRESENTATION.types().contains(jws().header().path("typ").stringValue());
    }

    /** As JSON carries it (VC Data Model 2.0 §4.13). */
    public Json enveloped() throws InvalidCredentialException {
      ObjectNode json =
          isPresentation()
              ? Envelopes.presentation(JwtEnvelope.PRESENTATION, compact)
              : Envelopes.credential(JwtEnvelope.CREDENTIAL, compact);
      return new Json(SignableJson.write(json));
    }
  }

  /** An SD-JWT VC. */
  record SelectiveJwt(String compact) implements SecuredText {
    /** Its parts. */
    public SdJwt parts() throws InvalidCredentialException {
      return SdJwt.parse(compact);
    }

    public StrictJws jws() throws InvalidCredentialException {
      return StrictJws.parse(parts().issued(), Set.of(SdJwtVerifier.TYPE));
    }

    /** What was signed and is disclosed. */
    public ObjectNode claims() throws InvalidCredentialException {
      return DisclosedClaims.of(jws().payload(), parts().disclosures());
    }
  }

  /** What this text seems to be. */
  static SecuredText of(String text) {
    String bare = text.strip();
    if (bare.indexOf('~') >= 0 && !bare.startsWith("{")) {
      return new SelectiveJwt(bare);
    }
    return bare.startsWith("eyJ") ? new Jwt(bare) : new Json(text);
  }

  /**
   * The unverified document: the credential's own members, or an SD-JWT's claims.
   *
   * @throws InvalidCredentialException where it is malformed
   */
  static ObjectNode document(SecuredText secured) throws InvalidCredentialException {
    return switch (secured) {
      case Json json -> opened(json.object());
      case Jwt jwt -> jwt.jws().payload();
      case SelectiveJwt selective -> selective.claims();
    };
  }

  /** Whether this is one, in an envelope or not. */
  static boolean isPresentation(ObjectNode object) {
    return Envelopes.isPresentation(object)
        || object.has("verifiableCredential")
        || object.path("type").toString().contains("\"VerifiablePresentation\"");
  }

  /** The JWT that an envelope of ours carries. */
  static String enveloped(ObjectNode envelope) {
    String id = envelope.path("id").stringValue();
    return id.substring(id.indexOf(',') + 1);
  }

  /** What is in an envelope; what is in none is itself. */
  static ObjectNode opened(ObjectNode object) throws InvalidCredentialException {
    boolean envelope = Envelopes.isCredential(object) || Envelopes.isPresentation(object);
    return envelope && object.path("id").asString("").indexOf(',') >= 0
        ? new Jwt(enveloped(object)).jws().payload()
        : object;
  }
}
