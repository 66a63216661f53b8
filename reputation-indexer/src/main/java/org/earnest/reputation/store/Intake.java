package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.earnest.bindings.event.DealEvent;
import org.earnest.bindings.event.IdentityEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.reputation.chain.LogReader;
import org.earnest.reputation.chain.LogReading;
import org.earnest.reputation.fold.AgentChange;
import org.earnest.reputation.fold.Contribution;
import org.jdbi.v3.core.Handle;

/** Takes a range's logs in: into the rows they belong to, or with the reason into quarantine. */
final class Intake {
  private static final String WALLET_KEY = "agentWallet";

  private final LogReader reader;
  private final Handle handle;
  private final FeedbackRows feedback = new FeedbackRows();

  private Intake(LogReader reader, Handle handle) {
    this.reader = reader;
    this.handle = handle;
  }

  /** In the chain's order. */
  static void take(LogReader reader, Handle handle, List<ChainLog> logs) {
    Intake intake = new Intake(reader, handle);
    logs.forEach(intake::take);
    intake.feedback.insert(handle);
  }

  private void take(ChainLog log) {
    try {
      take(log.ref(), reader.read(log));
    } catch (IllegalArgumentException senseless) {
      quarantine(handle, log, String.valueOf(senseless.getMessage()));
    }
  }

  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    handle.execute(
        "delete from reputation.quarantine where chain = ? and block_number > ?",
        chain.toString(),
        block);
  }

  private void take(LogRef ref, LogReading reading) {
    switch (reading) {
      case LogReading.OfAgent agent -> ofAgent(handle, ref, agent.event());
      case LogReading.OfFeedback entry -> feedback.add(ref, entry.event());
      case LogReading.OfValidation validation ->
          ValidationRows.apply(handle, ref, validation.event());
      case LogReading.OfDeal deal -> ofDeal(handle, ref, deal.event());
      case LogReading.Ignored ignored -> {}
      case LogReading.Malformed malformed -> throw new IllegalArgumentException(malformed.reason());
    }
  }

  private static void ofAgent(Handle handle, LogRef ref, IdentityEvent event) {
    switch (event) {
      case IdentityEvent.Registered registered ->
          AgentRows.apply(
              handle,
              ref,
              registered.agentId(),
              new AgentChange.Registered(registered.owner(), Rows.storable(registered.agentUri())));
      case IdentityEvent.UriUpdated updated ->
          AgentRows.apply(
              handle,
              ref,
              updated.agentId(),
              new AgentChange.UriUpdated(Rows.storable(updated.newUri())));
      case IdentityEvent.AgentTransferred moved ->
          AgentRows.apply(
              handle, ref, moved.agentId(), new AgentChange.Transferred(moved.from(), moved.to()));
      case IdentityEvent.MetadataSet set -> {
        metadata(handle, ref, set.agentId(), set);
        MetadataRows.set(handle, ref, set);
      }
      case IdentityEvent.OperatorSet set -> MetadataRows.approved(handle, ref, set);
    }
  }

  private static void metadata(
      Handle handle, LogRef ref, BigInteger agentId, IdentityEvent.MetadataSet set) {
    if (set.key().equals(WALLET_KEY)) {
      byte[] wallet = Hex.decode(set.value());
      AgentRows.apply(
          handle,
          ref,
          agentId,
          new AgentChange.WalletSet(
              wallet.length == 0 ? Optional.empty() : Optional.of(EvmAddress.of(wallet))));
    }
  }

  private static void ofDeal(Handle handle, LogRef ref, DealEvent event) {
    switch (event) {
      case DealEvent.Opened opened -> SettledRows.opened(handle, ref, opened);
      case DealEvent.Substituted substituted -> {
        Contribution.of(terms(handle, ref, substituted.deal()), substituted)
            .ifPresent(record -> SettledRows.record(handle, ref, record));
        Substitutions.add(handle, ref, substituted);
      }
      case DealEvent.Closed closed -> {
        boolean substituted = Substitutions.of(handle, ref, closed);
        Contribution.of(terms(handle, ref, closed.deal()), closed, substituted)
            .forEach(record -> SettledRows.record(handle, ref, record));
      }
      case DealEvent.Rated rated -> RatingRows.apply(handle, ref, rated);
      case DealEvent.Joined joined -> {}
      case DealEvent.Delivered delivered -> {}
      case DealEvent.Disputed disputed -> {}
      case DealEvent.Deposited deposited -> {}
      case DealEvent.Debited debited -> {}
      case DealEvent.Credited credited -> {}
      case DealEvent.Withdrawn withdrawn -> {}
    }
  }

  private static DealTerms terms(Handle handle, LogRef ref, DealId deal) {
    return SettledRows.terms(handle, ref.block().chain(), deal)
        .orElseThrow(() -> new IllegalArgumentException("the deal was never opened"));
  }

  private static void quarantine(Handle handle, ChainLog log, String reason) {
    Rows.at(
            handle,
            "insert into reputation.quarantine ("
                + Rows.REF
                + ", contract, topics, data, reason) values ("
                + Rows.REF_VALUES
                + ", :contract, :topics, :data, :reason) on conflict do nothing",
            log.ref())
        .bind("contract", log.address().hex())
        .bind("topics", log.topics().stream().map(Hash32::hex).collect(Collectors.joining(" ")))
        .bind("data", log.data())
        .bind("reason", Rows.storable(reason))
        .execute();
  }
}
