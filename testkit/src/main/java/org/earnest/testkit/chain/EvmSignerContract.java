package org.earnest.testkit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;

/** What every {@link EvmSigner} does. */
public abstract class EvmSignerContract {
  private static final BigInteger HALF_ORDER =
      new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);
  private static final int DIGESTS = 50;
  private static final long SEED = 20_260_412;

  /** The same signer within a test. */
  protected abstract EvmSigner signer();

  /** A judgement of signatures that does not come from the signer. */
  protected abstract Optional<EvmAddress> recover(Hash32 digest, byte[] signature);

  @Test
  void signaturesRecoverToItsAddress() {
    Random random = new Random(SEED);
    for (int i = 0; i < DIGESTS; i++) {
      byte[] bytes = new byte[Hash32.BYTES];
      random.nextBytes(bytes);
      Hash32 digest = Hash32.of(bytes);
      assertThat(recover(digest, signer().sign(digest))).contains(signer().address());
    }
  }

  @Test
  void signaturesHaveLowSAndAnEthereumV() {
    Random random = new Random(SEED);
    for (int i = 0; i < DIGESTS; i++) {
      byte[] bytes = new byte[Hash32.BYTES];
      random.nextBytes(bytes);
      byte[] signature = signer().sign(Hash32.of(bytes));
      assertThat(signature).hasSize(65);
      assertThat(signature[64]).isIn((byte) 27, (byte) 28);
      assertThat(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
          .isLessThanOrEqualTo(HALF_ORDER);
    }
  }

  @Test
  void signingIsDeterministic() {
    Hash32 digest = new Hash32("0x" + "ab".repeat(32));

    assertThat(signer().sign(digest)).isEqualTo(signer().sign(digest));
  }
}
