package org.earnest.cli.demo;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.cli.report.RunReport;
import org.earnest.cli.report.Usdc;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.SettledSummary;
import tools.jackson.databind.JsonNode;

/** Reads what the deals left behind, and holds the indexer against the chain. */
final class ReadReputation {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Stage stage;
  private final Deals deals;
  private final Agents agents;
  private final List<Ending> endings;

  /**
   * @param endings in the order in which the deals ended
   */
  ReadReputation(Stage stage, Identities who, Agents agents, List<Ending> endings) {
    this.stage = stage;
    this.deals = new Deals(stage, who);
    this.agents = agents;
    this.endings = List.copyOf(endings);
  }

  /** The member {@code reputations} of {@code --json}: each agent's answer as it came. */
  Map<String, Object> run() {
    awaitHead();
    Map<String, Object> reputations = new LinkedHashMap<>();
    reputations.put("seller", read("seller", agents.seller(), "payee", Ending::seller));
    reputations.put("buyer", read("buyer", agents.buyer(), "client", Ending::buyer));
    return reputations;
  }

  private JsonNode read(
      String name, AgentId agent, String role, Function<Ending, List<Ending.Mark>> side) {
    SettledSummary expected = Ending.sum(endings, side, role.equals("payee"));
    RunReport report = stage.report();
    JsonNode answer =
        stage.client().get("/agents/" + agent + "/reputation").require("the reputation");
    report.check(name + " has one record", 1, answer.path("settled").size());
    JsonNode record = answer.at("/settled/0");
    report.check("which is that of a", role, record.path("role").asString(""));
    SettledSummary indexed = summary(record);
    report.check(name + "'s numbers are what the deals were", text(expected), text(indexed));
    report.check("the indexer equals the chain", text(onChain(agent, record)), text(indexed));
    sources(name, record, side);
    return answer;
  }

  /** Every number must come from the deals that were made here. */
  private void sources(String name, JsonNode record, Function<Ending, List<Ending.Mark>> side) {
    RunReport report = stage.report();
    List<String> found = new ArrayList<>();
    for (JsonNode source : record.path("sources")) {
      found.add(source.path("deal").asString("") + " " + source.path("outcome").asString(""));
      report.say(
          "from",
          "deal "
              + source.path("deal").asString("")
              + " "
              + source.path("outcome").asString("")
              + ", transaction "
              + source.path("transaction").asString(""));
    }
    // The newest comes first.
    List<String> wanted =
        endings.reversed().stream()
            .flatMap(
                ending ->
                    side.apply(ending).reversed().stream()
                        .map(mark -> deals.id(ending.terms()) + " " + mark.word()))
            .toList();
    report.check(name + "'s numbers come from", wanted, found);
  }

  private SettledSummary onChain(AgentId agent, JsonNode record) {
    return new DealEscrowReads(stage.host().reader(), stage.host().contracts().dealEscrow())
        .settled(
            agent.tokenId(),
            record.path("epoch").asLong(),
            new EvmAddress(record.path("token").asString("")),
            new Hash32(record.path("tag").asString("")),
            BlockTag.Named.LATEST);
  }

  private static SettledSummary summary(JsonNode record) {
    return new SettledSummary(
        new BigInteger(record.path("volume").asString("")),
        record.path("closed").asLong(),
        record.path("rated").asLong(),
        record.path("ratingSum").asLong(),
        record.path("missed").asLong(),
        record.path("late").asLong(),
        record.path("lost").asLong());
  }

  private static String text(SettledSummary of) {
    return "%s, %d closed, %d rated (sum %d), %d missed, %d late, %d lost"
        .formatted(
            Usdc.text(of.volume()),
            of.closed(),
            of.rated(),
            of.ratingSum(),
            of.missed(),
            of.late(),
            of.lost());
  }

  private void awaitHead() {
    long head =
        stage
            .host()
            .reader()
            .block(BlockTag.Named.LATEST)
            .orElseThrow(() -> new DemoFailedException("the chain has no newest block"))
            .ref()
            .number();
    try {
      if (!stage.host().indexer().awaitBlock(head, PATIENCE)) {
        throw new DemoFailedException("the indexer did not reach block " + head);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
