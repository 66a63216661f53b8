package org.earnest.cli.deal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The times of each path by hand; grace is a day, review three, the ruling's time a week. */
class LegScriptTest {
  private static final long OPENED = 1_800_000_000;
  private static final long DUE = OPENED + 7_200;
  private static final long GRACE = 86_400;
  private static final long REVIEW = 259_200;
  private static final long RULING = 604_800;
  private static final long CALL_WINDOW = 43_200;
  private static final long STANDBY_TIME = 172_800;
  private static final EvmAddress CLIENT = new EvmAddress("0x" + "11".repeat(20));
  private static final EvmAddress PAYEE = new EvmAddress("0x" + "22".repeat(20));
  private static final EvmAddress STANDBY = new EvmAddress("0x" + "33".repeat(20));

  @TempDir Path folder;
  private final SampleDeal deal = SampleDeal.read().at(OPENED);

  private List<Move> play(String id) {
    DealTerms terms = TermsFile.read(deal.writeTo(folder));
    DealPath path =
        Simulation.PATHS.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    LegScript script = new LegScript(terms, 0, path.begins(), OPENED);
    path.plot().accept(script);
    return script.moves();
  }

  private static Move move(long at, Act act) {
    return new Move(at, 0, act);
  }

  @Test
  void deliversInTimeHalfLateAndInTheLastSecond() {
    assertThat(play("accepted"))
        .containsExactly(move(DUE, new Act.Deliver(PAYEE)), move(DUE, new Act.Accept()));
    assertThat(play("late").getFirst().at()).isEqualTo(DUE + GRACE / 2);
    assertThat(play("last-second").getFirst().at()).isEqualTo(DUE + GRACE);
  }

  @Test
  void missesOnlyWhenTheStandbyCannotTakeOverAnyMore() {
    assertThat(play("missing"))
        .containsExactly(move(DUE + GRACE + CALL_WINDOW + 1, new Act.Lapse()));
  }

  @Test
  void givesTheStandbyItsOwnClock() {
    long taken = DUE + GRACE + 1;
    assertThat(play("standby-late"))
        .containsExactly(
            move(taken, new Act.Substitute()),
            move(taken + STANDBY_TIME + GRACE, new Act.Deliver(STANDBY)),
            move(taken + STANDBY_TIME + GRACE, new Act.Accept()));
    assertThat(play("standby-missing").getLast())
        .isEqualTo(move(taken + STANDBY_TIME + GRACE + 1, new Act.Lapse()));
  }

  @Test
  void letsTheArbitersTimeRunOut() {
    assertThat(play("arbiter-silent"))
        .containsExactly(
            move(DUE, new Act.Deliver(PAYEE)),
            move(DUE, new Act.Dispute(CLIENT, true)),
            move(DUE + RULING + 1, new Act.Lapse()));
    assertThat(play("arbiter-silent-undelivered"))
        .containsExactly(
            move(DUE, new Act.Dispute(PAYEE, false)), move(DUE + RULING + 1, new Act.Lapse()));
  }

  @Test
  void letsSilenceCallTheArbiterAndTheArbiterBeSilentToo() {
    assertThat(play("client-silent").getLast()).isEqualTo(move(DUE + REVIEW + 1, new Act.Lapse()));
    deal.leg().put("silenceBps", 65_535);
    assertThat(play("client-silent"))
        .containsExactly(
            move(DUE, new Act.Deliver(PAYEE)),
            move(DUE + REVIEW + 1, new Act.Lapse()),
            move(DUE + REVIEW + RULING + 1, new Act.Lapse()));
  }

  @Test
  void settlesWithTheWholeBondBack() {
    BigInteger bond = BigInteger.valueOf(200_000_000);
    assertThat(play("settled").getLast())
        .isEqualTo(
            move(
                DUE,
                new Act.Settle(
                    LegState.DELIVERED,
                    PAYEE,
                    new Division(BigInteger.valueOf(500_000_000), bond, DUE))));
    assertThat(play("cancelled"))
        .containsExactly(
            move(
                OPENED,
                new Act.Settle(
                    LegState.ACTIVE, PAYEE, new Division(BigInteger.ZERO, bond, OPENED))));
  }

  @Test
  void waitsForWhoNeverJoins() {
    assertThat(play("never-joined")).containsExactly(move(OPENED + 3_601, new Act.Lapse()));
    deal.head().put("joinBy", DUE + 1);
    assertThat(play("never-joined")).containsExactly(move(DUE, new Act.Lapse()));
  }

  @Test
  void beginsActiveUnlessNobodyJoined() {
    assertThat(Simulation.PATHS)
        .filteredOn(path -> path.begins() != LegState.ACTIVE)
        .extracting(DealPath::id)
        .containsExactly("never-joined");
    assertThat(Simulation.PATHS).extracting(DealPath::id).doesNotHaveDuplicates();
  }
}
