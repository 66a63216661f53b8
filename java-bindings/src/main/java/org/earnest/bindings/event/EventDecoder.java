package org.earnest.bindings.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.bindings.contract.CallBatch;
import org.earnest.bindings.contract.CredentialAnchor;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.bindings.contract.TestUSDC;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;

/**
 * Reads logs. It looks at a log's content alone: whoever asks must hold {@link ChainLog#address}
 * against the contracts it trusts, as anyone may emit anything.
 */
public final class EventDecoder {
  private static final Map<Signature, Function<ChainLog, ContractEvent>> READINGS = readings();

  private EventDecoder() {}

  /** Never throws, whatever the log holds. */
  public static Decoding decode(ChainLog log) {
    if (log.topics().isEmpty()) {
      return new Decoding.Unrecognised();
    }
    Function<ChainLog, ContractEvent> reading =
        READINGS.get(new Signature(log.topics().getFirst(), log.topics().size() - 1));
    if (reading == null) {
      return new Decoding.Unrecognised();
    }
    try {
      return new Decoding.Decoded(reading.apply(log));
    } catch (RuntimeException e) {
      // The ABI decoder promises no exception of its own for malformed data.
      return new Decoding.Malformed(e.getClass().getSimpleName() + " in the event's members");
    }
  }

  /** What to ask a node for: the first topics of every event that is read. */
  public static Set<Hash32> topics() {
    return READINGS.keySet().stream().map(Signature::topic).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Topic and number of indexed members, which alone tell an ERC-20's {@code Transfer} from an
   * ERC-721's.
   */
  private record Signature(Hash32 topic, int indexed) {
    static Signature of(Event event) {
      return new Signature(
          new Hash32(EventEncoder.encode(event)), event.getIndexedParameters().size());
    }
  }

  private static Map<Signature, Function<ChainLog, ContractEvent>> readings() {
    Map<Signature, Function<ChainLog, ContractEvent>> all = new HashMap<>();
    all.put(Signature.of(DealEscrow.OPENED_EVENT), EventReadings::opened);
    all.put(Signature.of(DealEscrow.JOINED_EVENT), EventReadings::joined);
    all.put(Signature.of(DealEscrow.DELIVERED_EVENT), EventReadings::delivered);
    all.put(Signature.of(DealEscrow.SUBSTITUTED_EVENT), EventReadings::substituted);
    all.put(Signature.of(DealEscrow.DISPUTED_EVENT), EventReadings::disputed);
    all.put(Signature.of(DealEscrow.RATED_EVENT), EventReadings::rated);
    all.put(Signature.of(DealEscrow.DEPOSITED_EVENT), EventReadings::deposited);
    all.put(Signature.of(DealEscrow.DEBITED_EVENT), EventReadings::debited);
    all.put(Signature.of(DealEscrow.CLOSED_EVENT), EventReadings::closed);
    all.put(Signature.of(DealEscrow.CREDITED_EVENT), EventReadings::credited);
    all.put(Signature.of(DealEscrow.WITHDRAWN_EVENT), EventReadings::withdrawn);
    all.put(Signature.of(PanelArbiter.PANELFORMED_EVENT), PanelReadings::formed);
    all.put(Signature.of(PanelArbiter.VOTED_EVENT), PanelReadings::voted);
    all.put(Signature.of(PanelArbiter.DECIDED_EVENT), PanelReadings::decided);
    all.put(Signature.of(PanelArbiter.ESCALATED_EVENT), PanelReadings::escalated);
    all.put(Signature.of(CallBatch.CALLED_EVENT), BatchReadings::called);
    all.put(Signature.of(IdentityRegistry.REGISTERED_EVENT), EventReadings::registered);
    all.put(Signature.of(IdentityRegistry.URIUPDATED_EVENT), EventReadings::uriUpdated);
    all.put(Signature.of(IdentityRegistry.METADATASET_EVENT), EventReadings::metadataSet);
    all.put(Signature.of(IdentityRegistry.TRANSFER_EVENT), EventReadings::agentTransferred);
    all.put(Signature.of(IdentityRegistry.APPROVALFORALL_EVENT), EventReadings::operatorSet);
    all.put(Signature.of(ReputationRegistry.NEWFEEDBACK_EVENT), EventReadings::newFeedback);
    all.put(Signature.of(ReputationRegistry.FEEDBACKREVOKED_EVENT), EventReadings::feedbackRevoked);
    all.put(
        Signature.of(ReputationRegistry.RESPONSEAPPENDED_EVENT), EventReadings::responseAppended);
    all.put(
        Signature.of(ValidationRegistry.VALIDATIONREQUEST_EVENT), ValidationReadings::requested);
    all.put(
        Signature.of(ValidationRegistry.VALIDATIONRESPONSE_EVENT), ValidationReadings::responded);
    all.put(Signature.of(CredentialAnchor.ANCHORED_EVENT), ValidationReadings::anchored);
    all.put(Signature.of(TestUSDC.TRANSFER_EVENT), EventReadings::transferred);
    all.put(Signature.of(TestUSDC.AUTHORIZATIONUSED_EVENT), EventReadings::authorizationUsed);
    all.put(
        Signature.of(TestUSDC.AUTHORIZATIONCANCELED_EVENT), EventReadings::authorizationCanceled);
    return Map.copyOf(all);
  }
}
