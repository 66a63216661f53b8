package org.earnest.bindings.call;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;

/** Signatures of contracts (ERC-1271), whose code anybody may have written. */
public final class Erc1271 {
  /** Gas units a contract gets to judge a signature. */
  public static final long MOST_GAS = 300_000;

  /** {@code isValidSignature} returns its own selector, padded to a word, for a good signature. */
  private static final String MAGIC = "0x1626ba7e" + "0".repeat(56);

  private Erc1271() {}

  /**
   * Whether the contract at this account takes the signature, as of a block; what reverts does not.
   */
  public static boolean accepts(
      ChainReader chain, EvmAddress wallet, Hash32 digest, byte[] signature, BlockTag at) {
    String data =
        FunctionEncoder.encode(
            new Function(
                "isValidSignature",
                List.of(new Bytes32(digest.bytes()), new DynamicBytes(signature)),
                List.of()));
    ChainCall bounded = new ChainCall(Optional.empty(), wallet, data, OptionalLong.of(MOST_GAS));
    return switch (chain.call(bounded, at)) {
      case CallOutcome.Returned returned -> returned.data().equals(MAGIC);
      case CallOutcome.Reverted reverted -> false;
    };
  }
}
