package org.earnest.did;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.did.document.DidDocumentJson;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import org.earnest.did.jwk.JwkDidMethod;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.webvh.WebvhDidMethod;
import org.earnest.testkit.did.DidVectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors that any resolver could be held against. */
class DidVectorsTest {
  private static final DidVectors VECTORS = DidVectors.read();
  private static final CompositeDidResolver RESOLVER =
      new CompositeDidResolver(List.of(new KeyDidMethod(), new JwkDidMethod()));

  static List<DidVectors.Key> keys() {
    return VECTORS.keys();
  }

  static List<DidVectors.Jwk> jwks() {
    return VECTORS.jwks();
  }

  static List<DidVectors.Malformed> malformed() {
    return VECTORS.malformed();
  }

  static List<DidVectors.Log> logs() {
    return VECTORS.logs();
  }

  private static DidResolution.Resolved resolved(DidResolution resolution) {
    assertThat(resolution).isInstanceOf(DidResolution.Resolved.class);
    return (DidResolution.Resolved) resolution;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyIsTheBytesOfItsName(DidVectors.Key vector) {
    VerificationMethod method =
        resolved(RESOLVER.resolve(new Did(vector.did())))
            .document()
            .verificationMethods()
            .getFirst();
    PublicKeyMultibase key =
        PublicKeyMultibase.parse(((VerificationMethod.Multikey) method).publicKeyMultibase());
    assertThat(HexFormat.of().formatHex(key.key())).isEqualTo(vector.publicKeyHex());
    assertThat(key.type().name()).isEqualToIgnoringCase(vector.curve().replace("-", ""));
  }

  @ParameterizedTest
  @MethodSource("jwks")
  void aJwkIsPassedOnAsItIs(DidVectors.Jwk vector) {
    assertThat(
            DidDocumentJson.write(resolved(RESOLVER.resolve(new Did(vector.did()))))
                .at("/verificationMethod/0/publicKeyJwk"))
        .isEqualTo(vector.jwk());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsNoIdentifierIsInvalid(DidVectors.Malformed vector) {
    assertRefused(RESOLVER.resolve(new Did(vector.did())), ErrorType.INVALID_DID);
  }

  @ParameterizedTest
  @MethodSource("logs")
  void aLogHoldsOrDoesNot(DidVectors.Log vector) {
    WebvhDidMethod method =
        new WebvhDidMethod(
            (uri, accept) ->
                Optional.ofNullable(vector.files().get(uri.toString()))
                    .<Answer>map(text -> new Answer.Received(200, Optional.empty(), text))
                    .orElseGet(() -> new Answer.Received(404, Optional.empty(), "")),
            () -> Instant.parse(DidVectors.NOW));
    DidResolution answer = method.resolve(new Did(vector.did()), ResolutionOptions.NONE);
    if (vector.error().isPresent()) {
      assertRefused(answer, ErrorType.valueOf(vector.error().get()));
    } else {
      assertThat(resolved(answer).metadata().versionId()).isEqualTo(vector.versionId());
      assertThat(resolved(answer).metadata().deactivated()).isEqualTo(vector.deactivated());
    }
  }

  private static void assertRefused(DidResolution resolution, ErrorType error) {
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DidResolution.Refused.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }
}
