package org.earnest.cli.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.earnest.credentials.proof.Envelopes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecuredTextTest {
  private static final int SIGNATURE_BYTES = 64;

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The whole media type is the same type (RFC 7515 §4.1.9). */
  @ParameterizedTest
  @CsvSource({
    "vc+jwt, false",
    "application/vc+jwt, false",
    "vp+jwt, true",
    "application/vp+jwt, true"
  })
  void aJwtIsWhatItsTypeSays(String typ, boolean presentation) throws Exception {
    String header = "{\"alg\":\"EdDSA\",\"typ\":\"%s\"}".formatted(typ);
    String compact =
        "%s.e30.%s".formatted(base64(header.getBytes(UTF_8)), base64(new byte[SIGNATURE_BYTES]));
    SecuredText.Jwt jwt = new SecuredText.Jwt(compact);
    assertThat(SecuredText.of(compact)).isEqualTo(jwt);
    assertThat(jwt.isPresentation()).isEqualTo(presentation);
    assertThat(Envelopes.isPresentation(jwt.enveloped().object())).isEqualTo(presentation);
    assertThat(Envelopes.isCredential(jwt.enveloped().object())).isEqualTo(!presentation);
  }
}
