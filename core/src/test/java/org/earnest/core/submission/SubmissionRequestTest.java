package org.earnest.core.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionRequestTest {
  private static final EvmAddress TO = new EvmAddress("0x" + "1".repeat(40));
  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  @Test
  void whatATransactionCanHoldIsTaken() {
    String longest = "0x" + "aB".repeat(SubmissionRequest.MAX_DATA_BYTES);

    assertThat(new SubmissionRequest("k", TO, longest, MOST).value()).isEqualTo(MOST);
    assertThat(new SubmissionRequest("k", TO, "0x").value()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "aa", "0xa", "0xzz", "0X00"})
  void whatIsNoCalldataIsRefused(String data) {
    assertThatThrownBy(() -> new SubmissionRequest("k", TO, data))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatNoNodeWouldTakeIsRefused() {
    String tooLong = "0x" + "00".repeat(SubmissionRequest.MAX_DATA_BYTES + 1);

    assertThatThrownBy(() -> new SubmissionRequest("k", TO, tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("calldata");
    assertThatThrownBy(() -> value(BigInteger.ONE.negate()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> value(MOST.add(BigInteger.ONE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SubmissionRequest value(BigInteger wei) {
    return new SubmissionRequest("k", TO, "0x", wei);
  }
}
