package org.earnest.cli.deal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.LegState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTableTest {
  private static final DealPath ACCEPTED = Simulation.PATHS.getFirst();

  @TempDir Path folder;
  private final SampleDeal deal = SampleDeal.read();

  private DealTerms terms() {
    return TermsFile.read(deal.writeTo(folder));
  }

  private static Map<String, BigInteger> sums(long client, long payee, long standby, long fee) {
    Map<String, BigInteger> sums = new LinkedHashMap<>();
    sums.put("client", BigInteger.valueOf(client));
    sums.put("payee", BigInteger.valueOf(payee));
    sums.put("standby", BigInteger.valueOf(standby));
    sums.put("arbiter", BigInteger.ZERO);
    sums.put("fee receiver", BigInteger.valueOf(fee));
    return sums;
  }

  private Outcome outcome(Map<String, BigInteger> gets) {
    LegResult leg =
        new LegResult(
            0,
            true,
            LegState.ACCEPTED,
            false,
            43_200,
            BigInteger.valueOf(75_000_000),
            BigInteger.valueOf(4_625_000),
            BigInteger.ZERO,
            BigInteger.ZERO,
            "standby");
    Map<String, BigInteger> putIn = sums(1_020_000_000, 200_000_000, 100_000_000, 0);
    DealTerms terms = terms();
    return new Outcome(
        terms,
        1,
        Parties.of(terms).all(),
        List.of(new PathResult(ACCEPTED, putIn, gets, 1_926_244_800, List.of(leg))),
        List.of(
            new Impossible(
                AgreementPaths.ALL.getLast(),
                Need.OFFER.unmet(noOffer(), terms.legs().getFirst(), 1).stream().toList())));
  }

  private Head noOffer() {
    deal.head().put("joinBy", 0);
    return terms().head();
  }

  private static Map<String, BigInteger> late() {
    return sums(75_000_000, 1_120_375_000, 120_000_000, 4_625_000);
  }

  @Test
  void aPersonReadsIt() {
    assertThat(new SimulationTable(outcome(late()), OptionalInt.empty()).lines())
        .containsExactly(
            "",
            "Played with the real contract on a throw-away chain. Test keys stood for the parties,",
            "and test money for the token; agents were left out, and the clock was moved.",
            "",
            "Who is who in the terms",
            "  0x1111111111111111111111111111111111111111  client",
            "  0x2222222222222222222222222222222222222222  payee",
            "  0x3333333333333333333333333333333333333333  standby",
            "  0x4444444444444444444444444444444444444444  arbiter",
            "  0x5555555555555555555555555555555555555555  fee receiver",
            "",
            "Who gets what, in atomic units of the token 0x036cbd53842c5426634e7929541ec2318f3dcf7e",
            "  path              client          payee      standby  arbiter  fee r"
                + "eceiver         in all     penalty  bonds lost           ends (UTC)  retainer to",
            "  (puts in)  1,020,000,000    200,000,000  100,000,000        0       "
                + "      0  1,320,000,000",
            "  accepted      75,000,000  1,120,375,000  120,000,000        0     4,"
                + "625,000  1,320,000,000  75,000,000           0  2031-01-15 12:00:00  standby",
            "",
            "What happens",
            "  accepted: delivered when due; the client accepts",
            "",
            "What cannot happen under these terms",
            "  never-joined: the client's money is in, and the payee never joins, nor puts a bond in (joinBy is 0: it opens"
                + " with every signature or not at all)",
            "",
            "On every path, what the parties get adds up to what was put in.");
  }

  @Test
  void wholeCoinsAreExact() {
    assertThat(new SimulationTable(outcome(late()), OptionalInt.of(6)).lines())
        .anyMatch(line -> line.startsWith("Who gets what, in whole coins (6 decimals) of the"))
        .anyMatch(
            line ->
                line.matches(
                    " +accepted +75\\.000 +1,120\\.375 +120\\.000 +0\\.000 +4\\.625 +1,320\\.000"
                        + " +75\\.000 +0\\.000 +2031-01-15 12:00:00 +standby"));
  }

  @Test
  void aUnitTooManyIsSeen() {
    Outcome outcome = outcome(sums(75_000_001, 1_120_375_000, 120_000_000, 4_625_000));
    assertThat(outcome.ok()).isFalse();
    assertThat(new SimulationTable(outcome, OptionalInt.empty()).lines().getLast())
        .isEqualTo("NOT OK: what the parties get does not add up: accepted");
    assertThat(SimulationFigures.of(outcome)).containsEntry("ok", false);
  }

  @Test
  void programsReadTheSame() {
    assertThat(SimulationFigures.of(outcome(late())).keySet())
        .containsExactly("ok", "token", "opened", "parties", "paths", "impossible");
    assertThat(String.valueOf(SimulationFigures.of(outcome(late())).get("paths")))
        .contains("payee=1120375000", "penalty=75000000", "lateSeconds=43200", "outcome=accepted");
  }

  @Test
  void whoHasSeveralRolesIsOneParty() {
    deal.head().put("feeReceiver", "0x" + "11".repeat(20));
    deal.addLeg().put("payee", "0x" + "33".repeat(20)).put("standby", "0x" + "22".repeat(20));
    assertThat(Parties.of(terms()).all())
        .extracting(Party::name)
        .containsExactly(
            "client + fee receiver", "payee 0 + standby 1", "payee 1 + standby 0", "arbiter");
  }
}
