package org.earnest.bench.gas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OperationTest {
  private static final Map<String, Spent> MEASURED =
      Map.of("open", new Spent(100, false), "accept", new Spent(51, true));

  @Test
  void aWholeDealIsTheSumOfItsTransactions() {
    Operation deal = Operation.of("deal", "open").then("accept", "accept").target(200);
    assertThat(deal.gas(MEASURED)).isEqualTo(202);
    assertThat(deal.atFloor(MEASURED)).isTrue();
    assertThat(deal.missed(MEASURED)).isTrue();
    assertThat(deal.above(MEASURED)).isEqualTo(1.0);
  }

  @Test
  void aTargetIsMissedFromTheFirstUnitAboveIt() {
    assertThat(Operation.of("accept", "accept").target(51).missed(MEASURED)).isFalse();
    assertThat(Operation.of("accept", "accept").target(50).missed(MEASURED)).isTrue();
    assertThat(Operation.of("accept", "accept").missed(MEASURED)).isFalse();
  }

  @Test
  void calldataHasALeastPrice() {
    byte[] calldata = {0, 1, 0, 0};
    assertThat(Spent.of(21_070, calldata)).isEqualTo(new Spent(21_070, true));
    assertThat(Spent.of(21_071, calldata)).isEqualTo(new Spent(21_071, false));
    assertThat(Spent.of(21_071, calldata).callAlone(calldata).gas()).isEqualTo(71 - 3 * 4 - 16);
  }

  @Test
  void whatWasNotMeasuredIsNamed() {
    assertThatThrownBy(() -> Operation.of("rule", "rule").gas(MEASURED))
        .hasMessage("not measured: rule");
  }

  @Test
  void peersAddUpWithinOneKindOfFigure() {
    PeerFigure five = Peers.AUTHORIZE.and(Peers.CAPTURE).times(5);
    assertThat(five.least()).isEqualTo(5 * (121_300 + 56_600));
    assertThat(five.what()).isEqualTo("5 x (authorize + capture without fee)");
    assertThatThrownBy(() -> Peers.AUTHORIZE.and(Peers.AUTHORIZE_P))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTableMarksMissesAndSaysWherePeersFiguresAreFrom() {
    Map<String, Spent> measured = new HashMap<>();
    Stream.of(Operations.VERBS, Operations.DEALS, Operations.RECORDS)
        .flatMap(List::stream)
        .forEach(
            operation ->
                operation
                    .snapshots()
                    .forEach(name -> measured.put(name, new Spent(37_001, false))));
    assertThat(new GasTable(measured).lines())
        .anyMatch(line -> line.matches("deliver +37,001 +37,000 +\\+0\\.0 % MISSED"))
        .anyMatch(line -> line.matches("dispute +37,001 +38,700 +-4\\.4 %"))
        .anyMatch(line -> line.matches(" +62,300 {4}\\[m] ERC-8183 .*: submit"))
        .anyMatch(line -> line.startsWith("[m] measured elsewhere"))
        .anyMatch(line -> line.startsWith("[p] published"));
  }
}
