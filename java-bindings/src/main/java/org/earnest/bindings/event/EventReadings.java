package org.earnest.bindings.event;

import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.bindings.contract.TestUSDC;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.TermsBytes;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hex;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;

/** How each event's members become ours. */
final class EventReadings {
  private EventReadings() {}

  static DealEvent opened(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.OPENED_EVENT, log);
    DealId deal = new DealId(values.indexedHash(0));
    DealTerms terms = TermsBytes.decode(values.bytes(1));
    if (!new DealTypedData(log.ref().block().chain(), log.address()).dealId(terms).equals(deal)) {
      throw new IllegalArgumentException("the terms do not hash to the deal's id");
    }
    return new DealEvent.Opened(deal, values.indexedAddress(1), values.uint(0), terms);
  }

  static DealEvent delivered(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.DELIVERED_EVENT, log);
    return new DealEvent.Delivered(
        new DealId(values.indexedHash(0)),
        values.small(0),
        values.address(1),
        values.number(2),
        values.hash(3),
        values.text(4));
  }

  static DealEvent joined(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.JOINED_EVENT, log);
    return new DealEvent.Joined(
        new DealId(values.indexedHash(0)), values.small(0), values.address(1));
  }

  static DealEvent substituted(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.SUBSTITUTED_EVENT, log);
    return new DealEvent.Substituted(
        new DealId(values.indexedHash(0)),
        values.indexedUint(1),
        values.small(0),
        values.number(1),
        values.uint(2));
  }

  static DealEvent disputed(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.DISPUTED_EVENT, log);
    return new DealEvent.Disputed(
        new DealId(values.indexedHash(0)),
        values.small(0),
        values.address(1),
        values.number(2),
        values.hash(3),
        values.text(4));
  }

  static DealEvent rated(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.RATED_EVENT, log);
    return new DealEvent.Rated(
        new DealId(values.indexedHash(0)),
        values.indexedUint(1),
        values.small(0),
        values.bool(1),
        values.small(2));
  }

  static DealEvent deposited(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.DEPOSITED_EVENT, log);
    return new DealEvent.Deposited(
        values.indexedAddress(0), values.indexedAddress(1), values.uint(0));
  }

  static DealEvent debited(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.DEBITED_EVENT, log);
    return new DealEvent.Debited(
        values.indexedAddress(0),
        values.indexedAddress(1),
        new DealId(values.indexedHash(2)),
        values.uint(0));
  }

  static DealEvent closed(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.CLOSED_EVENT, log);
    return new DealEvent.Closed(
        new DealId(values.indexedHash(0)),
        values.indexedUint(1),
        values.small(0),
        LegState.of(values.small(1)),
        values.small(2),
        values.number(3),
        values.uint(4),
        values.uint(5),
        values.uint(6),
        values.uint(7),
        values.uint(8),
        values.uint(9),
        values.address(10),
        values.hash(11));
  }

  static DealEvent credited(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.CREDITED_EVENT, log);
    return new DealEvent.Credited(
        values.indexedAddress(0),
        values.indexedAddress(1),
        new DealId(values.indexedHash(2)),
        values.uint(0));
  }

  static DealEvent withdrawn(ChainLog log) {
    LogValues values = LogValues.of(DealEscrow.WITHDRAWN_EVENT, log);
    return new DealEvent.Withdrawn(
        values.indexedAddress(0), values.indexedAddress(1), values.address(0), values.uint(1));
  }

  static IdentityEvent registered(ChainLog log) {
    LogValues values = LogValues.of(IdentityRegistry.REGISTERED_EVENT, log);
    return new IdentityEvent.Registered(
        values.indexedUint(0), values.text(0), values.indexedAddress(1));
  }

  static IdentityEvent uriUpdated(ChainLog log) {
    LogValues values = LogValues.of(IdentityRegistry.URIUPDATED_EVENT, log);
    return new IdentityEvent.UriUpdated(
        values.indexedUint(0), values.text(0), values.indexedAddress(1));
  }

  static IdentityEvent metadataSet(ChainLog log) {
    LogValues values = LogValues.of(IdentityRegistry.METADATASET_EVENT, log);
    return new IdentityEvent.MetadataSet(
        values.indexedUint(0), values.text(0), Hex.encode(values.bytes(1)));
  }

  static IdentityEvent agentTransferred(ChainLog log) {
    LogValues values = LogValues.of(IdentityRegistry.TRANSFER_EVENT, log);
    return new IdentityEvent.AgentTransferred(
        values.indexedAddress(0), values.indexedAddress(1), values.indexedUint(2));
  }

  static IdentityEvent operatorSet(ChainLog log) {
    LogValues values = LogValues.of(IdentityRegistry.APPROVALFORALL_EVENT, log);
    return new IdentityEvent.OperatorSet(
        values.indexedAddress(0), values.indexedAddress(1), values.bool(0));
  }

  static FeedbackEvent newFeedback(ChainLog log) {
    LogValues values = LogValues.of(ReputationRegistry.NEWFEEDBACK_EVENT, log);
    return new FeedbackEvent.NewFeedback(
        values.indexedUint(0),
        values.indexedAddress(1),
        values.number(0),
        values.uint(1),
        values.small(2),
        values.text(3),
        values.text(4),
        values.text(5),
        values.text(6),
        values.hash(7));
  }

  static FeedbackEvent feedbackRevoked(ChainLog log) {
    LogValues values = LogValues.of(ReputationRegistry.FEEDBACKREVOKED_EVENT, log);
    return new FeedbackEvent.FeedbackRevoked(
        values.indexedUint(0), values.indexedAddress(1), values.indexedUint(2).longValueExact());
  }

  static FeedbackEvent responseAppended(ChainLog log) {
    LogValues values = LogValues.of(ReputationRegistry.RESPONSEAPPENDED_EVENT, log);
    return new FeedbackEvent.ResponseAppended(
        values.indexedUint(0),
        values.indexedAddress(1),
        values.number(0),
        values.indexedAddress(2),
        values.text(1),
        values.hash(2));
  }

  static TokenEvent transferred(ChainLog log) {
    LogValues values = LogValues.of(TestUSDC.TRANSFER_EVENT, log);
    return new TokenEvent.Transferred(
        values.indexedAddress(0), values.indexedAddress(1), values.uint(0));
  }

  static TokenEvent authorizationUsed(ChainLog log) {
    LogValues values = LogValues.of(TestUSDC.AUTHORIZATIONUSED_EVENT, log);
    return new TokenEvent.AuthorizationUsed(values.indexedAddress(0), values.indexedHash(1));
  }

  static TokenEvent authorizationCanceled(ChainLog log) {
    LogValues values = LogValues.of(TestUSDC.AUTHORIZATIONCANCELED_EVENT, log);
    return new TokenEvent.AuthorizationCanceled(values.indexedAddress(0), values.indexedHash(1));
  }
}
