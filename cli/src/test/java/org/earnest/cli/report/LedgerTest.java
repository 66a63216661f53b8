package org.earnest.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.core.chain.EvmAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final EvmAddress ALICE = new EvmAddress("0x" + "a".repeat(40));
  private static final EvmAddress BOB = new EvmAddress("0x" + "b".repeat(40));

  private static final EvmAddress CAROL = new EvmAddress("0x" + "c".repeat(40));
  private static final EvmAddress DAVE = new EvmAddress("0x" + "d".repeat(40));

  private final Map<EvmAddress, BigInteger> chain = new HashMap<>();
  private final ByteArrayOutputStream prose = new ByteArrayOutputStream();
  private final RunReport report = new RunReport(new Console(stream(), stream(), false));
  private final Ledger ledger = new Ledger(account -> chain.getOrDefault(account, BigInteger.ZERO));

  private PrintStream stream() {
    return new PrintStream(prose, true, StandardCharsets.UTF_8);
  }

  @BeforeEach
  void twoAccounts() {
    chain.put(ALICE, BigInteger.valueOf(5_000_000));
    ledger.open("alice", ALICE);
    ledger.open("bob", BOB);
    ledger.move("alice", "bob", BigInteger.valueOf(1_500_000));
  }

  @Test
  void booksThatAgreeWithTheChainPass() {
    chain.put(ALICE, BigInteger.valueOf(3_500_000));
    chain.put(BOB, BigInteger.valueOf(1_500_000));
    ledger.prove(report);
    assertThat(report.ok()).isTrue();
    assertThat(report.checkCount()).isEqualTo(3);
  }

  @Test
  void aMissingUnitIsNamedWithItsAccount() {
    chain.put(ALICE, BigInteger.valueOf(3_500_000));
    chain.put(BOB, BigInteger.valueOf(1_499_999));
    ledger.prove(report);
    assertThat(report.ok()).isFalse();
    assertThat(report.failures())
        .containsExactly(
            new Check("money of bob", "1.500000 USDC", "1.499999 USDC"),
            new Check("money in equals money out", "5.000000 USDC", "4.999999 USDC"));
    assertThat(prose.toString(StandardCharsets.UTF_8))
        .contains("FAIL money of bob: expected 1.500000 USDC, but it is 1.499999 USDC");
  }

  @Test
  void whatMovedWhereNothingShouldIsNamed() {
    ledger.open("carol", CAROL);
    ledger.open("dave", DAVE);
    chain.put(ALICE, BigInteger.valueOf(3_500_000));
    chain.put(BOB, BigInteger.valueOf(1_500_000));
    chain.put(DAVE, BigInteger.ONE);
    ledger.prove(report);
    assertThat(report.failures())
        .containsExactly(
            new Check("money as it was", "carol, dave", "carol"),
            new Check("money in equals money out", "5.000000 USDC", "5.000001 USDC"));
  }

  @Test
  void anAccountThatNobodyOpenedIsABug() {
    assertThatThrownBy(() -> ledger.move("alice", "erin", BigInteger.ONE))
        .hasMessageContaining("erin");
  }

  @Test
  void onlyWhatChangedIsTold() {
    Map<String, BigInteger> before = ledger.actual();
    chain.put(BOB, BigInteger.ONE);
    ledger.tell(report, before);
    assertThat(prose.toString(StandardCharsets.UTF_8))
        .contains("bob")
        .contains("0.000000 USDC -> 0.000001 USDC")
        .doesNotContain("alice");
  }
}
