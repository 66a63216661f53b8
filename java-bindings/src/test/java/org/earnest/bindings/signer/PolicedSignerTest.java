package org.earnest.bindings.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.bindings.call.CallBatchCalls.Item;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.SignerUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.AccessListObject;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

class PolicedSignerTest {
  private static final String TOKEN = "0x1111111111111111111111111111111111111111";
  private static final String TREASURY = "0x2222222222222222222222222222222222222222";
  private static final String BATCH = "0x4444444444444444444444444444444444444444";
  private static final String TRANSFER = "0xa9059cbb";
  private static final BigInteger GAS = BigInteger.TEN;
  private static final BigInteger FEE = BigInteger.TEN;

  private final LocalSigner key = LocalSigner.of("0x" + "4c".repeat(32));
  private final PolicedSigner signer =
      new PolicedSigner(
          key,
          new SigningPolicy(
              Map.of(
                  new EvmAddress(TOKEN), new SigningPolicy.Allowed(Set.of(TRANSFER), false),
                  new EvmAddress(BATCH),
                      new SigningPolicy.Allowed(
                          Set.of(batch(TOKEN, TRANSFER).substring(0, 10)), false),
                  new EvmAddress(TREASURY), new SigningPolicy.Allowed(Set.of(), true)),
              BigInteger.valueOf(50),
              GAS.multiply(FEE),
              BigInteger.ZERO));

  private static byte[] transaction(String to, String data, long value, BigInteger fee) {
    return TransactionEncoder.encode(
        RawTransaction.createTransaction(
            1, BigInteger.TWO, GAS, to, BigInteger.valueOf(value), data, BigInteger.ONE, fee));
  }

  @ParameterizedTest
  @CsvSource({TOKEN + ",0xa9059cbb00ff,0", TOKEN + ",0xa9059cbb,50", TREASURY + ",0x,50"})
  void whatItsPolicyAllowsIsSignedByTheKey(String to, String data, long value) {
    byte[] message = transaction(to, data, value, FEE);

    assertThat(signer.sign(message)).isEqualTo(key.sign(message));
  }

  @Test
  void whatOnlySpendsANonceIsSigned() {
    byte[] message = transaction(key.address().hex(), "0x", 0, FEE);

    assertThat(signer.sign(message)).isEqualTo(key.sign(message));
    forbids(transaction(key.address().hex(), "0x", 0, FEE.add(BigInteger.ONE)));
  }

  @Test
  void whatItForbidsIsNotSigned() {
    forbids(transaction(TOKEN, "0x095ea7b3", 0, FEE));
    forbids(transaction(TOKEN, "0x", 1, FEE));
    forbids(transaction(TREASURY, TRANSFER, 0, FEE));
    forbids(transaction("0x" + "3".repeat(40), "0x", 1, FEE));
    forbids(transaction(TREASURY, "0x", 51, FEE));
    forbids(transaction(TOKEN, TRANSFER, 0, FEE.add(BigInteger.ONE)));
  }

  @Test
  void aBatchIsSignedWhereEachOfItsCallsMayBe() {
    byte[] good = transaction(BATCH, batch(TOKEN, TRANSFER), 0, FEE);

    assertThat(signer.sign(good)).isEqualTo(key.sign(good));
    forbids(transaction(BATCH, batch(TOKEN, "0x23b872dd"), 0, FEE));
    forbids(transaction(BATCH, batch("0x" + "3".repeat(40), TRANSFER), 0, FEE));
    forbids(transaction(BATCH, batch(TOKEN, TRANSFER) + "00", 0, FEE));
    forbids(transaction(BATCH, batch(BATCH, batch(TOKEN, TRANSFER)), 0, FEE));
  }

  private static String batch(String to, String data) {
    ChainCall call = new ChainCall(new EvmAddress(to), data);
    Item item = new Item(call, BigInteger.TEN);
    return new CallBatchCalls(new EvmAddress(BATCH)).execute(List.of(item)).data();
  }

  @Test
  void transactionsThatItDoesNotReadWholeAreNotSigned() {
    forbids(transaction("", TRANSFER, 0, FEE));
    forbids(
        TransactionEncoder.encode(
            RawTransaction.createTransaction(
                BigInteger.TWO, FEE, GAS, TREASURY, BigInteger.ZERO, "0x")));
    forbids(
        TransactionEncoder.encode(
            RawTransaction.createTransaction(
                1,
                BigInteger.TWO,
                GAS,
                TREASURY,
                BigInteger.ZERO,
                "0x",
                BigInteger.ONE,
                FEE,
                List.of(new AccessListObject(TOKEN, List.of())))));
    byte[] whole = transaction(TREASURY, "0x", 1, FEE);
    for (int length = 0; length < whole.length; length++) {
      forbids(Arrays.copyOf(whole, length));
    }
    forbids(Arrays.copyOf(whole, whole.length + 1));
  }

  /** Typed data, and what is nothing at all. */
  @ParameterizedTest
  @ValueSource(strings = {"1901", "02", "02c0", "02f8", "ff", ""})
  void whatIsNoTransactionIsNotSigned(String begins) {
    forbids(HexFormat.of().parseHex(begins));
    forbids(HexFormat.of().parseHex(begins + "00".repeat(64)));
  }

  private void forbids(byte[] message) {
    assertThatThrownBy(() -> signer.sign(message))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageContaining("policy");
  }
}
