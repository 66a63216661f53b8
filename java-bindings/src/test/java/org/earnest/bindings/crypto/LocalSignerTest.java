package org.earnest.bindings.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.testkit.chain.EvmSignerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Sign;

final class LocalSignerTest extends EvmSignerContract {
  private static final String KEY = "0x" + "4c".repeat(32);
  private final LocalSigner signer = LocalSigner.of(KEY);

  @Override
  protected EvmSigner signer() {
    return signer;
  }

  /** By web3j, whose code shares nothing with ours. */
  @Override
  protected Optional<EvmAddress> recover(byte[] message, byte[] signature) {
    byte[] r = java.util.Arrays.copyOfRange(signature, 0, 32);
    byte[] s = java.util.Arrays.copyOfRange(signature, 32, 64);
    try {
      BigInteger key =
          Sign.signedMessageHashToKey(
              org.web3j.crypto.Hash.sha3(message), new Sign.SignatureData(signature[64], r, s));
      return Optional.of(new EvmAddress("0x" + org.web3j.crypto.Keys.getAddress(key)));
    } catch (java.security.SignatureException e) {
      return Optional.empty();
    }
  }

  @Test
  void theAddressOfKeyOneIsTheKnownOne() {
    assertThat(LocalSigner.of("0x" + "%064x".formatted(1)).address())
        .isEqualTo(new EvmAddress("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"));
  }

  @Test
  void randomSignersDiffer() {
    assertThat(LocalSigner.random().address()).isNotEqualTo(LocalSigner.random().address());
  }

  @Test
  void itsTextHidesTheKey() {
    assertThat(signer.toString()).contains(signer.address().hex()).doesNotContain("4c4c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4c4c4c4c",
        "0x4c4c4c4c",
        "0x4c4c4c4cx",
        "0x4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4czz",
        "0x0000000000000000000000000000000000000000000000000000000000000000",
        "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
      })
  void whatIsNoKeyIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> LocalSigner.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            error -> {
              StringWriter trace = new StringWriter();
              error.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("4c4c").doesNotContain("fffffffe");
            });
  }
}
