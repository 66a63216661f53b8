package org.earnest.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationBatchTest {
  private static final int CREDENTIALS = 300;
  private static final int EVERY = 7;
  private final CredentialFixture fixture = new CredentialFixture();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void eachIsJudgedAndStandsWhereItStood(int threads) {
    byte[] good = CredentialFixture.bytes(fixture.issued());
    byte[] changed = new String(good, UTF_8).replace("translation", "legislation").getBytes(UTF_8);
    List<byte[]> credentials = new ArrayList<>();
    for (int i = 0; i < CREDENTIALS; i++) {
      credentials.add(i % EVERY == 0 ? changed : good);
    }
    List<VerificationOutcome> outcomes = fixture.verifier().verifyAll(credentials, threads);
    assertThat(outcomes).hasSize(CREDENTIALS);
    for (int i = 0; i < CREDENTIALS; i++) {
      assertThat(outcomes.get(i))
          .isInstanceOf(
              i % EVERY == 0
                  ? VerificationOutcome.Refused.class
                  : VerificationOutcome.Verified.class);
    }
  }

  @Test
  void ofNoneNothingComes() {
    assertThat(fixture.verifier().verifyAll(List.of(), 2)).isEmpty();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> fixture.verifier().verifyAll(List.of(), 0));
  }
}
