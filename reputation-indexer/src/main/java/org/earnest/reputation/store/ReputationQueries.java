package org.earnest.reputation.store;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.kit.postgres.Database;
import org.earnest.reputation.fold.SummaryKey;
import org.jdbi.v3.core.Handle;

/** Reads of one chain's reputation, each from one snapshot that its stamp names. */
public final class ReputationQueries {
  /**
   * Newest records that are shown with all summaries of an answer, of each its share: every one may
   * lie on a page of its own.
   */
  public static final int MAX_EVIDENCE = 100;

  /** Newest records that are shown with a summary, however many summaries there are. */
  public static final int MIN_EVIDENCE = 3;

  /** Newest entries that are shown with an average. */
  public static final int MAX_ENTRIES = 20;

  /** Summaries, and totals, of one agent. */
  public static final int MAX_SUMMARIES = 200;

  /** Responses that are shown with an entry. */
  public static final int MAX_RESPONSES = 20;

  /** Characters that are shown of a stranger's text, which a log may make megabytes long. */
  public static final int MAX_TEXT = 8_192;

  /** For a turn of those who look for blocks by their times; a request has thirty seconds. */
  private static final Duration TURN_PATIENCE = Duration.ofSeconds(5);

  private final TimeTurns turns = new TimeTurns(TURN_PATIENCE);
  private final Database database;
  private final Caip2ChainId chain;
  private final Snapshots snapshots;
  private final AgentReads agents;
  private final StandingReads standings;
  private final AgentPages pages;
  private final SettledReads settled;
  private final PastReads past;
  private final FeedbackReads feedback;
  private final ValidationReads validations;
  private final ChangeReads changes;

  public ReputationQueries(Database database, Caip2ChainId chain) {
    this.database = database;
    this.chain = chain;
    this.snapshots = new Snapshots(database, chain);
    this.agents = new AgentReads(chain);
    this.standings = new StandingReads(chain);
    this.pages = new AgentPages(chain, AgentPages.Effort.USUAL);
    this.settled = new SettledReads(chain);
    this.past = new PastReads(chain);
    this.feedback = new FeedbackReads(chain);
    this.validations = new ValidationReads(chain, ValidationReads.WALKED);
    this.changes = new ChangeReads(chain, snapshots);
  }

  /**
   * A page of agents.
   *
   * @param begunAt the block of the page before
   */
  public Read<AgentListing.Page> agents(Optional<BlockRef> begunAt, AgentListing listing) {
    return snapshots.read(begunAt, handle -> pages.page(handle, listing));
  }

  public Read<Agent> agent(BigInteger agentId) {
    return snapshots.readAt(
        Optional.empty(),
        (handle, at) -> known(at, agents.find(handle, agentId), Function.identity()));
  }

  /** Agents by their ids, as far as they are known, in the order of those. */
  public Read<List<Standing>> agents(List<BigInteger> agentIds, StandingScope scope) {
    return snapshots.read(Optional.empty(), handle -> standings.of(handle, agentIds, scope));
  }

  /**
   * What is known of an agent.
   *
   * @param totals of its epoch then, per role and token
   * @param settled per epoch, token and tag
   */
  public record Reputation(
      Agent agent, List<Total> totals, List<SettledReputation> settled, FeedbackAverage feedback) {
    public Reputation {
      totals = List.copyOf(totals);
      settled = List.copyOf(settled);
    }
  }

  /** An agent's reputation, now or as of an older block. */
  public Read<Reputation> reputation(BigInteger agentId, ReputationScope scope) {
    return snapshots.readAt(
        Optional.empty(),
        (handle, head) ->
            scope
                .atBlock()
                .map(height -> past(handle, head, height, agentId, scope))
                .orElseGet(
                    () ->
                        known(
                            head,
                            agents.find(handle, agentId),
                            agent -> now(handle, agent, scope))));
  }

  private Reputation now(Handle handle, Agent agent, ReputationScope scope) {
    long epoch = agent.state().epoch();
    return new Reputation(
        agent,
        settled.totals(handle, agent.agentId(), epoch, scope),
        explained(
            handle,
            agent.agentId(),
            settled.sums(handle, agent.agentId(), scope),
            scope,
            Long.MAX_VALUE),
        feedback.average(handle, agent.agentId(), scope));
  }

  private Read<Reputation> past(
      Handle handle, BlockRef head, long height, BigInteger agentId, ReputationScope scope) {
    if (height > head.number()) {
      return new Read.Above<>(head);
    }
    Optional<BlockRef> at = past.blockAt(handle, height);
    return at.isEmpty()
        ? new Read.Below<>(head)
        : known(
            at.get(),
            agents.findAt(handle, agentId, height),
            agent -> past(handle, agent, scope, height));
  }

  private Reputation past(Handle handle, Agent agent, ReputationScope scope, long height) {
    long epoch = agent.state().epoch();
    return new Reputation(
        agent,
        past.totals(handle, agent.agentId(), epoch, scope, height),
        explained(
            handle,
            agent.agentId(),
            past.sums(handle, agent.agentId(), scope, height),
            scope,
            height),
        feedback.average(handle, agent.agentId(), scope, height));
  }

  private List<SettledReputation> explained(
      Handle handle,
      BigInteger agentId,
      List<SettledReads.Sum> sums,
      ReputationScope scope,
      long lastBlock) {
    Map<SummaryKey, List<Evidence>> evidence =
        scope.explained()
            ? settled.evidence(
                handle, agentId, sums.stream().map(SettledReads.Sum::key).toList(), lastBlock)
            : Map.of();
    return sums.stream()
        .map(
            sum ->
                new SettledReputation(
                    sum.key(), sum.summary(), evidence.getOrDefault(sum.key(), List.of())))
        .toList();
  }

  /**
   * A page of an agent's settled records.
   *
   * @param begunAt the block of the page before
   * @throws ChainUnavailableException when a time is asked for and nobody tells of the blocks'
   */
  public Read<List<Evidence>> records(
      Optional<BlockRef> begunAt, BigInteger agentId, RecordListing listing, BlockTimes times) {
    return within(
        listing.filter().closed(),
        begunAt,
        agentId,
        times,
        (handle, blocks) -> settled.records(handle, agentId, listing, blocks));
  }

  /** What an agent has within a span of time, whose blocks are looked for first. */
  private <T> Read<T> within(
      TimeSpan span,
      Optional<BlockRef> begunAt,
      BigInteger agentId,
      BlockTimes times,
      BiFunction<Handle, BlockSpan, T> reading) {
    return turns.read(
        span,
        () ->
            snapshots.readAt(
                begunAt,
                (handle, at) ->
                    known(
                        at,
                        agents.find(handle, agentId),
                        agent -> reading.apply(handle, span.blocks(times, handle, at)))));
  }

  /**
   * What an agent earned in a token under its present owner, whatever the tags; {@link
   * SettledSummary#NONE} where nothing was settled.
   */
  public Read<SettledSummary> earned(BigInteger agentId, EvmAddress token) {
    return snapshots.readAt(
        Optional.empty(),
        (handle, at) ->
            known(
                at,
                agents.find(handle, agentId),
                agent -> settled.earned(handle, agentId, agent.state().epoch(), token)));
  }

  /** {@link SettledSummary#NONE} where nothing was settled. */
  public SettledSummary summary(SummaryKey key) {
    return database.call(handle -> SettledRows.summary(handle, chain, key));
  }

  /**
   * A page of the feedback on an agent.
   *
   * @param begunAt the block of the page before
   * @throws ChainUnavailableException when a time is asked for and nobody tells of the blocks'
   */
  public Read<List<FeedbackEntry>> feedback(
      Optional<BlockRef> begunAt, BigInteger agentId, FeedbackListing listing, BlockTimes times) {
    return within(
        listing.filter().given(),
        begunAt,
        agentId,
        times,
        (handle, blocks) -> feedback.page(handle, agentId, listing, blocks));
  }

  /**
   * What an agent asked validators, oldest first.
   *
   * @param begunAt the block of the page before
   */
  public Read<ValidationListing> validations(
      Optional<BlockRef> begunAt,
      BigInteger agentId,
      ValidationFilter filter,
      LogPosition after,
      int limit) {
    return snapshots.readAt(
        begunAt,
        (handle, at) ->
            known(
                at,
                agents.find(handle, agentId),
                agent -> validations.page(handle, agentId, filter, after, limit)));
  }

  /** Where a listener begins who wants only what comes. */
  public Read<ChangePosition> head() {
    return snapshots.readAt(
        Optional.empty(), (handle, at) -> new Read.Found<>(at, changes.head(handle, at)));
  }

  /**
   * What became of the index since a position.
   *
   * @param agent only changes of this one; reorganisations are told all the same
   * @param limit changes at most
   */
  public Changes changes(ChangePosition position, Optional<BigInteger> agent, int limit) {
    return snapshots
        .together(
            handle -> at -> changes.since(handle, changes.head(handle, at), position, agent, limit))
        .orElseGet(Changes.NotBegun::new);
  }

  /** Logs that made no sense. */
  public long quarantined() {
    return database.call(
        handle ->
            handle
                .createQuery("select count(*) from reputation.quarantine where chain = ?")
                .bind(0, chain.toString())
                .mapTo(Long.class)
                .one());
  }

  private static <T> Read<T> known(BlockRef at, Optional<Agent> agent, Function<Agent, T> reading) {
    return agent.isEmpty()
        ? new Read.NoAgent<>(at)
        : new Read.Found<>(at, reading.apply(agent.get()));
  }
}
