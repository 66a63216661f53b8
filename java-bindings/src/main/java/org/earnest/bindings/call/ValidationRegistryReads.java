package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** What ERC-8004's validation registry knows. Texts are strangers'. */
public final class ValidationRegistryReads {
  private final ValidationRegistry abi;
  private final ContractReads reads;

  public ValidationRegistryReads(ChainReader chain, EvmAddress registry) {
    this.abi = Wrappers.validationRegistry();
    this.reads = new ContractReads(chain, registry);
  }

  /**
   * The identity registry that it validates the agents of; empty where it does not know the
   * question.
   */
  public Optional<EvmAddress> identityRegistry(BlockTag at) {
    return reads.find(
        abi.getIdentityRegistry(), at, values -> new EvmAddress(values.get(0, String.class)));
  }

  /** Where a request stands; empty if there is none. */
  public Optional<Validation> validation(Hash32 requestHash, BlockTag at) {
    return reads.find(
        abi.getValidationStatus(requestHash.bytes()),
        at,
        values ->
            new Validation(
                new EvmAddress(values.get(0, String.class)),
                values.get(1, BigInteger.class),
                values.get(2, BigInteger.class).intValueExact(),
                Hash32.of(values.get(3, byte[].class)),
                values.get(4, String.class),
                values.get(5, BigInteger.class).longValueExact()));
  }

  /** Whether a request was answered, be it by 0; by Earnest's registry alone. */
  public boolean answered(Hash32 requestHash, BlockTag at) {
    return reads.read(
        abi.hasResponse(requestHash.bytes()), at, values -> values.get(0, Boolean.class));
  }

  /**
   * The registry's own summary.
   *
   * @param validators whose answers count; none for everybody's
   * @param tag empty for any
   */
  public Summary summary(BigInteger agentId, List<EvmAddress> validators, String tag, BlockTag at) {
    return reads.read(
        abi.getSummary(agentId, validators.stream().map(EvmAddress::hex).toList(), tag),
        at,
        values ->
            new Summary(
                values.get(0, BigInteger.class).longValueExact(),
                values.get(1, BigInteger.class).intValueExact()));
  }

  /** A part of an agent's requests, oldest first; by Earnest's registry alone. */
  public Page<Hash32> ofAgent(BigInteger agentId, long offset, int limit, BlockTag at) {
    return reads.read(
        abi.getAgentValidationsPage(agentId, BigInteger.valueOf(offset), BigInteger.valueOf(limit)),
        at,
        ValidationRegistryReads::page);
  }

  /** A part of the requests to a validator, oldest first; by Earnest's registry alone. */
  public Page<Hash32> toValidator(EvmAddress validator, long offset, int limit, BlockTag at) {
    return reads.read(
        abi.getValidatorRequestsPage(
            validator.hex(), BigInteger.valueOf(offset), BigInteger.valueOf(limit)),
        at,
        ValidationRegistryReads::page);
  }

  private static Page<Hash32> page(ContractReads.Values values) {
    return new Page<>(
        values.list(0, byte[].class).stream().map(Hash32::of).toList(),
        values.get(1, BigInteger.class).longValueExact());
  }

  /**
   * A request, and the last answer to it.
   *
   * @param response 0 to 100; 0 before the first answer as well
   * @param lastUpdate second of 1970 of the last answer, or of the request
   */
  public record Validation(
      EvmAddress validator,
      BigInteger agentId,
      int response,
      Hash32 responseHash,
      String tag,
      long lastUpdate) {}

  /**
   * An average.
   *
   * @param count requests that were answered
   * @param response 0 to 100, rounded down
   */
  public record Summary(long count, int response) {}
}
