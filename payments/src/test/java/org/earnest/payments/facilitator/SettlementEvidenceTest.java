package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogRef;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.testing.Payments;
import org.junit.jupiter.api.Test;

/** A receipt proves a payment by the token's own events, in order, or not at all. */
class SettlementEvidenceTest {
  private static final Settlement SETTLEMENT =
      Settlement.of(new VerifiedPayment(Payments.read(Payments.good("a"))), 0);
  private static final EvmAddress TOKEN = Payments.USDC.token();
  private static final EvmAddress STRANGER = new EvmAddress("0x" + "11".repeat(20));
  private static final ChainLog USED = used(TOKEN, "a");
  private static final ChainLog MOVED = moved(TOKEN, Payments.SELLER, 1_000);

  @Test
  void theTwoEventsTogetherProveIt() {
    assertThat(proves(true, USED, MOVED)).isTrue();
    assertThat(proves(true, used(STRANGER, "x"), USED, MOVED, MOVED)).isTrue();
  }

  @Test
  void aRevertedTransactionProvesNothing() {
    assertThat(proves(false, USED, MOVED)).isFalse();
  }

  @Test
  void oneEventAloneProvesNothing() {
    assertThat(proves(true, MOVED)).isFalse();
    assertThat(proves(true, USED)).isFalse();
    assertThat(proves(true)).isFalse();
  }

  @Test
  void anotherPaymentsTransferInTheSameTransactionProvesNothing() {
    assertThat(proves(true, MOVED, USED)).isFalse();
    assertThat(proves(true, USED, used(TOKEN, "b"), MOVED)).isFalse();
  }

  @Test
  void amountPayeeNonceAndTokenMustBeExact() {
    assertThat(proves(true, USED, moved(TOKEN, Payments.SELLER, 999))).isFalse();
    assertThat(proves(true, USED, moved(TOKEN, STRANGER, 1_000))).isFalse();
    assertThat(proves(true, used(TOKEN, "b"), MOVED)).isFalse();
    assertThat(proves(true, used(STRANGER, "a"), moved(STRANGER, Payments.SELLER, 1_000)))
        .isFalse();
  }

  private static boolean proves(boolean succeeded, ChainLog... logs) {
    TransactionReceipt receipt =
        new TransactionReceipt(
            Payments.seed("tx"),
            block(),
            STRANGER,
            succeeded,
            BigInteger.ONE,
            BigInteger.ONE,
            Optional.empty(),
            List.of(logs));
    return SettlementEvidence.proves(receipt, SETTLEMENT);
  }

  static ChainLog used(EvmAddress token, String nonce) {
    return log(
        token,
        "0x",
        "AuthorizationUsed(address,bytes32)",
        word(Payments.BUYER.address()),
        Payments.seed(nonce));
  }

  static ChainLog moved(EvmAddress token, EvmAddress to, long amount) {
    return log(
        token,
        "0x%064x".formatted(amount),
        "Transfer(address,address,uint256)",
        word(Payments.BUYER.address()),
        word(to));
  }

  private static ChainLog log(EvmAddress token, String data, String event, Hash32... indexed) {
    List<Hash32> topics = new ArrayList<>(List.of(Keccak256.hash(event)));
    topics.addAll(List.of(indexed));
    return new ChainLog(new LogRef(block(), Payments.seed("tx"), 0), token, topics, data, false);
  }

  private static Hash32 word(EvmAddress address) {
    byte[] word = new byte[Hash32.BYTES];
    System.arraycopy(
        Hex.decode(address.hex()), 0, word, Hash32.BYTES - EvmAddress.BYTES, EvmAddress.BYTES);
    return Hash32.of(word);
  }

  private static BlockRef block() {
    return new BlockRef(Payments.CHAIN, 1, Payments.seed("block"));
  }
}
