package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.contract.CallBatch;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Pending;
import org.earnest.core.submission.SubmissionOutcome.Rejected;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionOutcome.Unknown;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;

final class CarriedOutcomesTest {
  private static final EvmAddress BATCH = address(1);
  private static final EvmAddress SENDER = address(2);
  private static final EvmAddress CALLEE = address(3);
  private static final Hash32 TRANSACTION = hash(4);
  private static final BlockRef BLOCK = new BlockRef(Caip2ChainId.eip155(1), 9, hash(5));
  private static final Hash32 CALLED = new Hash32(EventEncoder.encode(CallBatch.CALLED_EVENT));

  @Test
  void anItemHasTheLogsBetweenTheEventBeforeAndItsOwn() {
    ChainLog first = noise(10);
    ChainLog second = noise(12);
    Settled whole =
        settled(first, called(BATCH, SENDER, 0, true), second, called(BATCH, SENDER, 1, true));

    assertThat(logs(CarriedOutcomes.of(whole, BATCH, 0))).containsExactly(first);
    assertThat(logs(CarriedOutcomes.of(whole, BATCH, 1))).containsExactly(second);
    assertThat(((Settled) CarriedOutcomes.of(whole, BATCH, 1)).inclusion())
        .isEqualTo(Inclusion.FINAL);
  }

  @Test
  void whatACalleeEmitsInAnotherNameIsNoOutcome() {
    ChainLog comesBack = called(BATCH, CALLEE, 0, true);
    ChainLog imitates = called(CALLEE, SENDER, 0, true);
    Settled whole = settled(comesBack, imitates, called(BATCH, SENDER, 0, false));

    assertThat(CarriedOutcomes.of(whole, BATCH, 0))
        .isEqualTo(
            new Rejected("reverted", "reverted without a reason", TRANSACTION, Inclusion.FINAL));
  }

  @Test
  void aCallThatUsedUpItsGasIsToldApartFromOneThatWasRefused() {
    // Error("invalid signature"): what a token says when its payer's contract ran out of gas
    String reason =
        "08c379a0" + word(32) + word(17) + "696e76616c6964207369676e6174757265" + "0".repeat(30);
    Settled starved = settled(called(BATCH, SENDER, 0, false, 98_400, reason));
    Settled refused = settled(called(BATCH, SENDER, 0, false, 60_000, reason));

    assertThat(CarriedOutcomes.of(starved, BATCH, 0))
        .isEqualTo(
            new Rejected(
                "out_of_gas",
                "98400 of the 100000 units for it were used: invalid signature",
                TRANSACTION,
                Inclusion.FINAL));
    assertThat(CarriedOutcomes.of(refused, BATCH, 0))
        .isEqualTo(new Rejected("reverted", "invalid signature", TRANSACTION, Inclusion.FINAL));
    assertThat(CarriedOutcomes.of(settled(called(BATCH, SENDER, 0, true, 99_999, "")), BATCH, 0))
        .isInstanceOf(Settled.class);
  }

  @Test
  void aReceiptThatTellsNothingOfAnItemIsNoOutcome() {
    Settled whole = settled(called(BATCH, SENDER, 0, true));

    assertThat(CarriedOutcomes.of(whole, BATCH, 1))
        .isEqualTo(new Unknown(Optional.of(TRANSACTION)));
  }

  @Test
  void whatMayStillBeDoneIsNotRejected() {
    Rejected reverted =
        new Rejected("reverted", "InsufficientGas(1, 2, 3)", TRANSACTION, Inclusion.INCLUDED);
    Rejected refused = new Rejected("fee_cap_exceeded", "");

    assertThat(CarriedOutcomes.of(reverted, BATCH, 0)).isEqualTo(new Pending(TRANSACTION));
    assertThat(CarriedOutcomes.of(refused, BATCH, 0)).isEqualTo(new Unknown(Optional.empty()));
  }

  private static List<ChainLog> logs(SubmissionOutcome outcome) {
    return ((Settled) outcome).receipt().logs();
  }

  private static Settled settled(ChainLog... logs) {
    TransactionReceipt receipt =
        new TransactionReceipt(
            TRANSACTION,
            BLOCK,
            SENDER,
            true,
            BigInteger.TEN,
            BigInteger.ONE,
            Optional.empty(),
            List.of(logs));
    return new Settled(receipt, Inclusion.FINAL);
  }

  private static ChainLog called(EvmAddress by, EvmAddress caller, int index, boolean success) {
    return called(by, caller, index, success, 50_000, "");
  }

  /** An event of a call that was promised 100,000. */
  private static ChainLog called(
      EvmAddress by, EvmAddress caller, int index, boolean success, long gasUsed, String revert) {
    List<Hash32> topics =
        List.of(CALLED, new Hash32("0x" + "0".repeat(24) + caller.hex().substring(2)), hash(index));
    String data =
        "0x"
            + word(success ? 1 : 0)
            + word(100_000)
            + word(gasUsed)
            + word(128)
            + word(revert.length() / 2)
            + revert
            + "0".repeat((64 - revert.length() % 64) % 64);
    return log(by, topics, data, 20 + index);
  }

  private static ChainLog noise(int index) {
    return log(CALLEE, List.of(hash(1)), "0x", index);
  }

  private static ChainLog log(EvmAddress by, List<Hash32> topics, String data, int index) {
    return new ChainLog(new LogRef(BLOCK, TRANSACTION, index), by, topics, data, false);
  }

  private static String word(long number) {
    return "%064x".formatted(number);
  }

  private static EvmAddress address(int number) {
    return new EvmAddress("0x" + "%040x".formatted(number));
  }

  private static Hash32 hash(long number) {
    return new Hash32("0x" + word(number));
  }
}
