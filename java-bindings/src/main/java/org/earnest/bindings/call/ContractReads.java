package org.earnest.bindings.call;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Reads one contract at one block. */
final class ContractReads {
  private final ChainReader chain;
  private final EvmAddress contract;

  ContractReads(ChainReader chain, EvmAddress contract) {
    this.chain = chain;
    this.contract = contract;
  }

  /** The value of a function that has no reason to revert. */
  <T> T read(RemoteFunctionCall<?> function, BlockTag at, Function<Values, T> reading) {
    return switch (outcome(function, at)) {
      case CallOutcome.Returned returned -> decode(function, returned, reading);
      case CallOutcome.Reverted reverted ->
          throw new ChainUnavailableException(
              "a reading of " + contract + " reverted: " + RevertDecoder.decode(reverted.data()));
    };
  }

  /** The value, or empty where the function reverts, as for what does not exist. */
  <T> Optional<T> find(RemoteFunctionCall<?> function, BlockTag at, Function<Values, T> reading) {
    return switch (outcome(function, at)) {
      case CallOutcome.Returned returned -> Optional.of(decode(function, returned, reading));
      case CallOutcome.Reverted reverted -> Optional.empty();
    };
  }

  private CallOutcome outcome(RemoteFunctionCall<?> function, BlockTag at) {
    return chain.call(Wrappers.call(contract, function), at);
  }

  private <T> T decode(
      RemoteFunctionCall<?> function, CallOutcome.Returned returned, Function<Values, T> reading) {
    try {
      return reading.apply(new Values(function.decodeFunctionResponse(returned.data())));
    } catch (RuntimeException e) {
      // The decoder promises no exception of its own for malformed data.
      throw new ChainUnavailableException(
          "what is at " + contract + " does not answer as the contract it should be", e);
    }
  }

  /** Decoded return values by position. */
  @SuppressWarnings("rawtypes") // web3j's types are raw
  record Values(List<Type> all) {
    <T> T get(int index, Class<T> type) {
      return type.cast(all.get(index).getValue());
    }

    /** An array's elements: of value types by what they hold, of structs as they are. */
    <T> List<T> list(int index, Class<T> type) {
      return ((List<?>) all.get(index).getValue())
          .stream()
              .map(
                  element ->
                      element instanceof Type<?> held && !type.isInstance(held)
                          ? held.getValue()
                          : element)
              .map(type::cast)
              .toList();
    }
  }
}
