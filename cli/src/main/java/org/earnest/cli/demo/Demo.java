package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.bindings.call.TokenReads;
import org.earnest.cli.client.HouseClient;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.report.Ledger;
import org.earnest.cli.report.RunReport;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;

/** Two deals, from the first handshake to the reputation that they leave behind. */
public final class Demo {
  private final EarnestHost host;
  private final RunReport report;

  public Demo(EarnestHost host, RunReport report) {
    this.host = host;
    this.report = report;
  }

  /** Runs it; the figures hold {@code ok}. */
  public Map<String, Object> run() {
    try (HouseClient client = new HouseClient(host.uri())) {
      Stage stage = new Stage(host, client, report, new Ledger(this::balance));
      Identities who = report.step("Who is who", new ResolveIdentities(stage)::run);
      stage.books().open("buyer", who.buyer().address());
      stage.books().open("seller", who.seller().address());
      stage.books().open("escrow", host.contracts().dealEscrow());
      Agents agents = report.step("Registering agents", new RegisterAgents(stage, who)::run);
      report.step("A credential", new IssueCredential(stage, who, agents)::run);
      Quote quote = report.step("A quote, paid by the call", new BuyQuote(stage, who)::run);
      QuotedTerms terms = new QuotedTerms(stage, who, agents);
      DealTerms settled =
          report.step("A deal that is settled", new SettleDeal(stage, who, terms.of(quote))::run);
      DealTerms missed =
          report.step(
              "A deal that is missed", new MissDeal(stage, who, terms.of(quote.renewed()))::run);
      Map<String, Object> reputations =
          report.step(
              "What is left: reputation",
              new ReadReputation(stage, who, agents, settled, missed)::run);
      Map<String, Object> figures = new LinkedHashMap<>(report.figures());
      figures.put("balances", stage.books().figures());
      figures.put("reputations", reputations);
      return figures;
    }
  }

  private BigInteger balance(EvmAddress account) {
    return new TokenReads(host.reader(), host.contracts().usdc())
        .balance(account, BlockTag.Named.LATEST);
  }
}
