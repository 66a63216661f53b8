package org.earnest.reputation.chain;

import org.earnest.bindings.event.AnchorEvent;
import org.earnest.bindings.event.BatchEvent;
import org.earnest.bindings.event.ContractEvent;
import org.earnest.bindings.event.DealEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.FeedbackEvent;
import org.earnest.bindings.event.IdentityEvent;
import org.earnest.bindings.event.PanelEvent;
import org.earnest.bindings.event.TokenEvent;
import org.earnest.bindings.event.ValidationEvent;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;

/** Reads logs, and takes an event only from the contract whose event it is. */
public final class LogReader {
  private final FollowedContracts contracts;

  public LogReader(FollowedContracts contracts) {
    this.contracts = contracts;
  }

  public LogReading read(ChainLog log) {
    return switch (EventDecoder.decode(log)) {
      case Decoding.Decoded decoded -> sorted(log.address(), decoded.event());
      case Decoding.Unrecognised unrecognised -> new LogReading.Ignored();
      case Decoding.Malformed malformed -> new LogReading.Malformed(malformed.reason());
    };
  }

  private LogReading sorted(EvmAddress from, ContractEvent event) {
    return switch (event) {
      case IdentityEvent agent when from.equals(contracts.identityRegistry()) ->
          new LogReading.OfAgent(agent);
      case FeedbackEvent feedback when from.equals(contracts.reputationRegistry()) ->
          new LogReading.OfFeedback(feedback);
      case DealEvent deal when contracts.dealEscrow().filter(from::equals).isPresent() ->
          new LogReading.OfDeal(deal);
      case ValidationEvent validation
          when contracts.validationRegistry().filter(from::equals).isPresent() ->
          new LogReading.OfValidation(validation);
      case IdentityEvent foreign -> new LogReading.Ignored();
      case FeedbackEvent foreign -> new LogReading.Ignored();
      case DealEvent foreign -> new LogReading.Ignored();
      case ValidationEvent foreign -> new LogReading.Ignored();
      case AnchorEvent foreign -> new LogReading.Ignored();
      case TokenEvent foreign -> new LogReading.Ignored();
      case PanelEvent foreign -> new LogReading.Ignored();
      case BatchEvent foreign -> new LogReading.Ignored();
    };
  }
}
