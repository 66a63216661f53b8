package org.earnest.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.report.Check;
import org.earnest.cli.report.RunReport;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo says when something is not as it must be. */
class DemoOnATroubledChainIT {
  @TempDir Path folder;

  @Test
  void oneLostUnitIsNamed() {
    RunReport report = DemoHosts.silentReport();
    Map<String, Object> figures =
        run(report, new ThievingChain(DemoHosts.anvil(folder.resolve("chain"))));

    assertThat(figures).containsEntry("ok", false);
    assertThat(report.failures())
        .startsWith(
            new Check("money of buyer", "999974.980000 USDC", "999974.979999 USDC"),
            new Check(
                "money as it was",
                "deployer, relayer, facilitator, stranger, arbiter, issuer, escrow",
                "deployer, relayer, facilitator, arbiter, issuer, escrow"))
        .as("every later deal is held against the same books")
        .hasSize(12)
        .allSatisfy(check -> assertThat(check.name()).startsWith("money "));
  }

  @Test
  void whatCannotGoOnIsAFailedCheckAmongTheOthers() {
    RunReport report = DemoHosts.silentReport();
    DevChain chain = DemoHosts.anvil(folder.resolve("chain"));
    Map<String, Object> figures = run(report, chain, Role.RELAYER);

    assertThat(figures).containsEntry("ok", false);
    assertThat(report.failures()).hasSize(1);
    assertThat(report.failures().getFirst().name()).isEqualTo("the demo goes on to its end");
    assertThat(report.failures().getFirst().actual()).contains("relayer_out_of_funds");
    assertThat((java.util.List<?>) figures.get("steps")).hasSize(5);
  }

  private Map<String, Object> run(RunReport report, DevChain chain, Role... penniless) {
    try (Lifecycle run = new Lifecycle()) {
      EarnestHost host = DemoHosts.start(run, folder, () -> chain);
      for (Role role : penniless) {
        chain.setBalance(chain.account(role).address(), java.math.BigInteger.ZERO);
      }
      return new Demo(host, report).run();
    }
  }
}
