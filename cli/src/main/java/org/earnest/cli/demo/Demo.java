package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.earnest.bindings.call.TokenReads;
import org.earnest.cli.client.HouseClient;
import org.earnest.cli.client.UnexpectedAnswerException;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.report.Ledger;
import org.earnest.cli.report.RunReport;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.DevAccount;

/** Seven deals, from the first handshake to the reputation that they leave behind. */
public final class Demo {
  private final EarnestHost host;
  private final RunReport report;

  public Demo(EarnestHost host, RunReport report) {
    this.host = host;
    this.report = report;
  }

  /**
   * Runs it; the figures hold {@code ok}. What cannot go on is a check that does not hold, so that
   * the figures tell how far it came.
   */
  public Map<String, Object> run() {
    Ledger books = books();
    Map<String, Object> reputations = Map.of();
    try (HouseClient client = new HouseClient(host.uri())) {
      reputations = live(new Stage(host, client, report, books));
    } catch (DemoFailedException | UnexpectedAnswerException stopped) {
      report.check("the demo goes on to its end", "yes", "no: " + stopped.getMessage());
    }
    Map<String, Object> figures = new LinkedHashMap<>(report.figures());
    figures.put("balances", books.figures());
    figures.put("reputations", reputations);
    return figures;
  }

  private Map<String, Object> live(Stage stage) {
    Identities who = report.step("Who is who", new ResolveIdentities(stage)::run);
    Agents agents = report.step("Registering agents", new RegisterAgents(stage, who)::run);
    report.step("A credential", new IssueCredential(stage, who, agents)::run);
    BuyQuote shop = new BuyQuote(stage, who);
    Quote quote = report.step("A quote, paid by the call", shop::run);
    QuotedTerms terms = new QuotedTerms(stage, who, agents);
    List<Ending> endings = deal(stage, who, terms, quote, shop);
    return report.step(
        "What is left: reputation", new ReadReputation(stage, who, agents, endings)::run);
  }

  private List<Ending> deal(
      Stage stage, Identities who, QuotedTerms terms, Quote first, BuyQuote shop) {
    Panel panel = new Panel(stage, who);
    return List.of(
        report.step(
            "A deal that is settled", () -> new SettleDeal(stage, who).run(terms.of(first))),
        report.step(
            "A deal that is missed", () -> new MissDeal(stage, who).run(terms.of(shop.another()))),
        report.step(
            "A deal that its standby saves",
            () -> new SaveDeal(stage, who).run(terms, shop.another())),
        report.step(
            "A deal that a panel rules on",
            () -> new DisputeDeal(stage, who).run(panel, terms, shop.another())),
        report.step(
            "A deal that the panel leaves to its human",
            () -> new EscalateDeal(stage, who).run(panel, terms, shop.another())),
        report.step(
            "A deal that both end early",
            () -> new DivideDeal(stage, who).run(terms.of(shop.another()))),
        report.step(
            "A deal of three legs, two accepted at once",
            () -> new CrewDeal(stage, who).run(terms, shop.another())));
  }

  /** Of everybody here: what none of them has, is lost. */
  Ledger books() {
    Ledger books = new Ledger(this::balance);
    for (DevAccount account : host.chain().accounts()) {
      books.open(account.role().name().toLowerCase(Locale.ROOT), account.address());
    }
    books.open("escrow", host.contracts().dealEscrow());
    return books;
  }

  private BigInteger balance(EvmAddress account) {
    return new TokenReads(host.reader(), host.contracts().usdc())
        .balance(account, BlockTag.Named.LATEST);
  }
}
