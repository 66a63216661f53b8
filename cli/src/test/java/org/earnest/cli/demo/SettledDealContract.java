package org.earnest.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.TokenReads;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.host.HostPlan;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.cli.report.RunReport;
import org.earnest.core.chain.BlockTag;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.TestMoney;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the chain: two deals come to their ends, and the money, records and index agree. */
abstract class SettledDealContract {
  /** One quote and one settled deal, in atomic units. */
  private static final BigInteger EARNED = BigInteger.valueOf(10_000 + 25_000_000);

  @TempDir Path folder;

  /** Starts the chain, or aborts the test with the reason why it cannot. */
  protected abstract DevChain start(Path directory);

  @Test
  void twoDealsFromTheHandshakeToTheReputation() {
    try (Lifecycle run = new Lifecycle()) {
      EarnestHost host = EarnestHost.start(run, plan(run));
      RunReport report = new RunReport(new Console(nowhere(), nowhere(), false));
      JsonNode figures = JsonMapper.shared().valueToTree(new Demo(host, report).run());

      assertThat(report.failures()).isEmpty();
      assertThat(figures.path("ok").asBoolean(false)).isTrue();
      assertThat(figures.path("steps").size()).isEqualTo(7);
      assertThat(figures.path("checks").size()).isGreaterThan(50);
      assertMoney(host);
      assertTransactions(host, figures);
      assertSources(figures.at("/reputations/seller/settled/0"));
      assertSources(figures.at("/reputations/buyer/settled/0"));
    }
  }

  private HostPlan plan(Lifecycle run) {
    StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("state")));
    return new HostPlan(
        state,
        ProjectFolder.path().resolve(".earnest/postgresql"),
        0,
        Optional.empty(),
        () -> start(folder.resolve("chain")),
        line -> {});
  }

  /** Not by the demo's own books. */
  private static void assertMoney(EarnestHost host) {
    TokenReads token = new TokenReads(host.reader(), host.contracts().usdc());
    assertThat(balance(token, host, Role.BUYER)).isEqualTo(TestMoney.GRANT.subtract(EARNED));
    assertThat(balance(token, host, Role.SELLER)).isEqualTo(TestMoney.GRANT.add(EARNED));
    assertThat(token.balance(host.contracts().dealEscrow(), BlockTag.Named.LATEST)).isZero();
  }

  private static BigInteger balance(TokenReads token, EarnestHost host, Role role) {
    return token.balance(host.chain().account(role).address(), BlockTag.Named.LATEST);
  }

  private static void assertTransactions(EarnestHost host, JsonNode figures) {
    List<String> verbs =
        figures
            .path("transactions")
            .valueStream()
            .map(sent -> sent.path("what").asString())
            .toList();
    assertThat(verbs)
        .containsExactly(
            "register buyer",
            "register seller",
            "pay for the quote (x402)",
            "open and fund",
            "deliver",
            "accept",
            "open and fund",
            "lapse");
    assertThat(figures.path("transactions").valueStream())
        .allSatisfy(
            sent ->
                assertThat(
                        host.reader()
                            .receipt(
                                new org.earnest.core.chain.Hash32(sent.path("hash").asString()))
                            .orElseThrow()
                            .succeeded())
                    .isTrue());
  }

  private static void assertSources(JsonNode record) {
    assertThat(record.path("closed").asInt()).isEqualTo(2);
    assertThat(record.path("sources").valueStream().map(of -> of.path("outcome").asString()))
        .containsExactlyInAnyOrder("accepted", "missed");
    assertThat(record.path("sources").valueStream().map(of -> of.path("transaction").asString()))
        .doesNotHaveDuplicates();
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
