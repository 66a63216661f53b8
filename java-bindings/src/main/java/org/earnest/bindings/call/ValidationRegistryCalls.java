package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * ERC-8004's validation registry: an agent's owner or operator asks, the named validator answers.
 */
public final class ValidationRegistryCalls {
  private final EvmAddress registry;
  private final ValidationRegistry abi;

  public ValidationRegistryCalls(EvmAddress registry) {
    this.registry = registry;
    this.abi = Wrappers.validationRegistry();
  }

  /**
   * Asks a validator.
   *
   * @param requestHash what the request is known by; {@link #requestHash} makes one that is of no
   *     use to anybody else
   */
  public ChainCall request(
      EvmAddress validator, BigInteger agentId, String requestUri, Hash32 requestHash) {
    return Wrappers.call(
        registry, abi.validationRequest(validator.hex(), agentId, requestUri, requestHash.bytes()));
  }

  /**
   * Answers a request, for the first time or again.
   *
   * @param response 0 to 100
   * @param responseHash zero for none
   * @param tag empty for none
   */
  public ChainCall respond(
      Hash32 requestHash, int response, String responseUri, Hash32 responseHash, String tag) {
    return Wrappers.call(
        registry,
        abi.validationResponse(
            requestHash.bytes(),
            BigInteger.valueOf(response),
            responseUri,
            responseHash.bytes(),
            tag));
  }

  /**
   * A request hash that is bound to agent, validator and URI, so that another agent that takes it
   * first has nothing of it.
   *
   * @param salt of one's choice; the payload's Keccak-256 where the URI does not bind its content
   */
  @SuppressWarnings("rawtypes") // web3j's types are raw
  public static Hash32 requestHash(
      BigInteger agentId, EvmAddress validator, String requestUri, Hash32 salt) {
    List<Type> parts =
        List.of(
            new Uint256(agentId),
            new Address(validator.hex()),
            new Utf8String(requestUri),
            new Bytes32(salt.bytes()));
    return Keccak256.hash(Hex.decode("0x" + FunctionEncoder.encodeConstructor(parts)));
  }
}
