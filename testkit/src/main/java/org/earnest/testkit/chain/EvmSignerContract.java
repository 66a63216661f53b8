package org.earnest.testkit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.junit.jupiter.api.Test;

/** What every {@link EvmSigner} does. */
public abstract class EvmSignerContract {
  private static final BigInteger HALF_ORDER =
      new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);
  private static final int MESSAGES = 50;
  private static final int MAX_LENGTH = 2_000;
  private static final long SEED = 20_260_412;

  /** The same signer within a test. */
  protected abstract EvmSigner signer();

  /** A judgement of signatures that does not come from the signer. */
  protected abstract Optional<EvmAddress> recover(byte[] message, byte[] signature);

  private static List<byte[]> messages() {
    Random random = new Random(SEED);
    return IntStream.range(0, MESSAGES)
        .mapToObj(
            i -> {
              byte[] message = new byte[random.nextInt(MAX_LENGTH)];
              random.nextBytes(message);
              return message;
            })
        .toList();
  }

  @Test
  void signaturesRecoverToItsAddress() {
    for (byte[] message : messages()) {
      assertThat(recover(message, signer().sign(message))).contains(signer().address());
    }
  }

  @Test
  void signaturesHaveLowSAndAnEthereumV() {
    for (byte[] message : messages()) {
      byte[] signature = signer().sign(message);
      assertThat(signature).hasSize(65);
      assertThat(signature[64]).isIn((byte) 27, (byte) 28);
      assertThat(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
          .isLessThanOrEqualTo(HALF_ORDER);
    }
  }

  @Test
  void signingIsDeterministic() {
    byte[] message = {1, 2, 3};

    assertThat(signer().sign(message)).isEqualTo(signer().sign(message));
  }

  @Test
  void whatIsNotTheMessageIsNotSigned() {
    byte[] signature = signer().sign(new byte[] {1, 2, 3});

    assertThat(recover(new byte[] {1, 2, 4}, signature))
        .isNotEqualTo(Optional.of(signer().address()));
  }
}
