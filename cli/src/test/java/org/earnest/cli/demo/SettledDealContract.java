package org.earnest.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.report.RunReport;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.TestMoney;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the chain: seven deals come to their ends, and the money, records and index agree. */
abstract class SettledDealContract {
  /** In atomic units: seven quotes at a cent. */
  private static final long QUOTES = 7 * 10_000;

  /** What the platform takes of the seller's price. */
  private static final long FEE = 625_000;

  /**
   * A price; what panel and human left of one each; what was done of one; a price less the
   * platform's fee; less half a price, its bond.
   */
  private static final BigInteger EARNED =
      BigInteger.valueOf(
          QUOTES
              + 25_000_000
              + 9_600_000
              + 16_800_000
              + 10_000_000
              + 25_000_000
              - FEE
              - 12_500_000);

  /**
   * What the seller had of it, the standby with its retainer, panel and human, the platform, and
   * proofreader and illustrator.
   */
  private static final BigInteger SPENT =
      EARNED.add(
          BigInteger.valueOf(25_000_000 + 1_500_000 + 2 * 1_000_000 + FEE + 4_000_000 + 6_000_000));

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** Starts the chain, or aborts the test with the reason why it cannot. */
  protected abstract DevChain start(Path directory);

  /** What the demo settled, as credentials. */
  protected void checkCredentials(EarnestHost host) throws Exception {
    new CredentialChecks(host).run();
  }

  @Test
  void sevenDealsFromTheHandshakeToTheReputation() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      EarnestHost host = DemoHosts.start(run, folder, () -> start(folder.resolve("chain")));
      RunReport report = DemoHosts.silentReport();
      JsonNode figures = JsonMapper.shared().valueToTree(new Demo(host, report).run());

      assertThat(report.failures()).isEmpty();
      assertThat(figures.path("ok").asBoolean(false)).isTrue();
      assertThat(figures.path("steps").size()).isEqualTo(12);
      assertThat(figures.path("checks").size()).isGreaterThan(140);
      assertMoney(host);
      assertNoVerbIsMissing(host);
      assertTransactions(host, figures);
      assertSources(
          figures.at("/reputations/seller/settled/0"),
          List.of("accepted", "settled", "ruled", "ruled", "missed", "missed", "accepted"),
          7);
      assertSources(
          figures.at("/reputations/buyer/settled/0"),
          List.of(
              "lapsed",
              "accepted",
              "accepted",
              "settled",
              "ruled",
              "ruled",
              "accepted",
              "missed",
              "accepted"),
          8);
      checkCredentials(host);
    }
  }

  @Test
  void aRevertIsKnownByItsNameAndArguments() {
    try (Lifecycle run = new Lifecycle()) {
      EarnestHost host = DemoHosts.start(run, folder, () -> start(folder.resolve("chain")));
      ChainCall call =
          new IdentityRegistryCalls(host.contracts().identityRegistry())
              .setAgentUri(BigInteger.valueOf(404), "https://nobody.example");

      assertThat(host.reader().call(call, BlockTag.Named.LATEST))
          .isInstanceOfSatisfying(
              CallOutcome.Reverted.class,
              reverted ->
                  assertThat(RevertDecoder.decode(reverted.data()))
                      .hasToString("ERC721NonexistentToken(404)"));
      assertThat(
              host.submitter(host.chain().account(Role.STRANGER).signer())
                  .submit(new SubmissionRequest("test", call.to(), call.data()), PATIENCE))
          .isInstanceOfSatisfying(
              SubmissionOutcome.Rejected.class,
              refused -> {
                assertThat(refused.code()).isEqualTo("reverted");
                assertThat(refused.reason()).contains("ERC721NonexistentToken(404)");
              });
    }
  }

  /** Not by the demo's own books. */
  private static void assertMoney(EarnestHost host) {
    TokenReads token = new TokenReads(host.reader(), host.contracts().usdc());
    assertThat(balance(token, host, Role.BUYER)).isEqualTo(TestMoney.GRANT.subtract(SPENT));
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
            "pay for a quote (x402)",
            "open and fund",
            "deliver",
            "accept",
            "pay for a quote (x402)",
            "open and fund",
            "lapse",
            "pay for a quote (x402)",
            "mint for the standby",
            "open and fund",
            "join",
            "substitute",
            "deliver",
            "accept",
            "rate",
            "pay for a quote (x402)",
            "form the panel",
            "open and fund",
            "deliver",
            "dispute",
            "vote",
            "vote",
            "vote",
            "decide",
            "collect",
            "rate",
            "rate",
            "pay for a quote (x402)",
            "open and fund",
            "deliver",
            "lapse",
            "vote",
            "vote",
            "vote",
            "escalate",
            "collect",
            "pay for a quote (x402)",
            "open and fund",
            "settle",
            "pay for a quote (x402)",
            "open and fund",
            "deliver",
            "deliver",
            "deliver",
            "acceptMany",
            "lapse",
            "withdraw");
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

  /** The whole contract: what can be asked of it at all was asked. */
  private static void assertNoVerbIsMissing(EarnestHost host) {
    ContractVerbs panel = new ContractVerbs("PanelArbiter");
    assertThat(panel.sent(host.chain().rpc())).isEqualTo(panel.all());
    ContractVerbs escrow = new ContractVerbs("DealEscrow");
    Set<String> wanted = escrow.all();
    assertThat(wanted.remove("rule"))
        .as("the panel sends it, asked to decide or escalate")
        .isTrue();
    assertThat(escrow.sent(host.chain().rpc())).isEqualTo(wanted);
  }

  private static void assertSources(JsonNode record, List<String> outcomes, int transactions) {
    assertThat(record.path("closed").asInt()).isEqualTo(outcomes.size());
    assertThat(record.path("sources").valueStream().map(of -> of.path("outcome").asString()))
        .containsExactlyElementsOf(outcomes);
    assertThat(record.path("sources").valueStream().map(of -> of.path("transaction").asString()))
        .as("what was accepted at once has one transaction")
        .satisfies(all -> assertThat(Set.copyOf(all)).hasSize(transactions));
  }
}
