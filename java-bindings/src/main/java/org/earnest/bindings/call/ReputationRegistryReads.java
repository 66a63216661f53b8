package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;

/** What ERC-8004's reputation registry knows. */
public final class ReputationRegistryReads {
  private final ReputationRegistry abi;
  private final ContractReads reads;

  public ReputationRegistryReads(ChainReader chain, EvmAddress registry) {
    this.abi = Wrappers.reputationRegistry();
    this.reads = new ContractReads(chain, registry);
  }

  /**
   * The identity registry that it rates the agents of; empty where it does not know the question.
   */
  public Optional<EvmAddress> identityRegistry(BlockTag at) {
    return reads.find(
        abi.getIdentityRegistry(), at, values -> new EvmAddress(values.get(0, String.class)));
  }

  /** The index of a client's last entry; 0 if it has none. */
  public long lastIndex(BigInteger agentId, EvmAddress client, BlockTag at) {
    return reads.read(
        abi.getLastIndex(agentId, client.hex()),
        at,
        values -> values.get(0, BigInteger.class).longValueExact());
  }

  /**
   * The registry's own summary.
   *
   * @param clients whose feedback counts; at least one
   * @param tag1 empty for any
   * @param tag2 empty for any
   */
  public Summary summary(
      BigInteger agentId, List<EvmAddress> clients, String tag1, String tag2, BlockTag at) {
    return reads.read(
        abi.getSummary(agentId, clients.stream().map(EvmAddress::hex).toList(), tag1, tag2),
        at,
        values ->
            new Summary(
                values.get(0, BigInteger.class).longValueExact(),
                values.get(1, BigInteger.class),
                values.get(2, BigInteger.class).intValueExact()));
  }

  /** A part of who ever gave feedback on an agent; by Earnest's registry alone. */
  public Page<EvmAddress> clients(BigInteger agentId, long offset, int limit, BlockTag at) {
    return reads.read(
        abi.getClientsPage(agentId, BigInteger.valueOf(offset), BigInteger.valueOf(limit)),
        at,
        values ->
            new Page<>(
                values.list(0, String.class).stream().map(EvmAddress::new).toList(),
                values.get(1, BigInteger.class).longValueExact()));
  }

  /**
   * A part of an agent's feedback, by Earnest's registry alone. All parts have to be read at one
   * block.
   *
   * @param filter what is given; the rest is read as well
   * @param cursor 0 for the first part, then {@link FeedbackPage#next}
   * @param limit how many entries to read, 1 to 1,000
   */
  public FeedbackPage feedback(
      BigInteger agentId, Filter filter, BigInteger cursor, int limit, BlockTag at) {
    return reads.read(
        abi.readFeedbackPage(
            agentId,
            filter.tag1(),
            filter.tag2(),
            filter.revoked(),
            cursor,
            BigInteger.valueOf(limit)),
        at,
        values ->
            new FeedbackPage(
                values.list(0, ReputationRegistry.FeedbackEntry.class).stream()
                    .map(Entry::of)
                    .toList(),
                values.get(1, BigInteger.class)));
  }

  /**
   * What is given of an agent's feedback.
   *
   * @param tag1 empty for any
   * @param tag2 empty for any
   * @param revoked whether revoked entries are given too
   */
  public record Filter(String tag1, String tag2, boolean revoked) {
    /** Whatever was ever given. */
    public static final Filter EVERYTHING = new Filter("", "", true);
  }

  /**
   * A part of an agent's feedback.
   *
   * @param next the next part's cursor; 0 after the last one
   */
  public record FeedbackPage(List<Entry> entries, BigInteger next) {
    public FeedbackPage {
      entries = List.copyOf(entries);
    }
  }

  /**
   * An entry of feedback. Texts are strangers'.
   *
   * @param index from 1
   * @param value fixed point, with {@code decimals}
   */
  public record Entry(
      EvmAddress client,
      long index,
      BigInteger value,
      int decimals,
      String tag1,
      String tag2,
      boolean revoked) {
    private static Entry of(ReputationRegistry.FeedbackEntry entry) {
      return new Entry(
          new EvmAddress(entry.client),
          entry.feedbackIndex.longValueExact(),
          entry.value,
          entry.valueDecimals.intValueExact(),
          entry.tag1,
          entry.tag2,
          entry.isRevoked);
    }
  }

  /**
   * An average.
   *
   * @param count entries that were not revoked
   * @param value fixed point, with {@code decimals}
   */
  public record Summary(long count, BigInteger value, int decimals) {}
}
