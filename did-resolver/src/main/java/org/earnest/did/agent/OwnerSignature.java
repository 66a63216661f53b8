package org.earnest.did.agent;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.AgentDid;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;

/** Whether an owner signed for a DID: with its key, or as a contract (ERC-1271). */
final class OwnerSignature {
  /** Bytes; a contract's signature may be several keys'. */
  static final int MAX_BYTES = 4096;

  /** The selector of {@code isValidSignature}, padded to a word. */
  private static final String VALID = "0x1626ba7e" + "0".repeat(56);

  private static final String NO_CODE = "0x";

  /** Gas that a stranger's contract may take for its answer. */
  private static final long MOST_GAS = 300_000;

  private OwnerSignature() {}

  static boolean holds(ChainReader chain, AgentDid word, String signature, BlockTag at) {
    if (!signature.matches("0x(?:[0-9a-fA-F]{2}){1," + MAX_BYTES + "}")) {
      return false;
    }
    byte[] bytes = Hex.decode(signature);
    // An account with a key may have code, too (EIP-7702).
    return SignatureRecovery.recover(word.digest(), bytes).filter(word.owner()::equals).isPresent()
        || (!chain.code(word.owner(), at).equals(NO_CODE)
            && accepts(chain, word, word.digest(), bytes, at));
  }

  private static boolean accepts(
      ChainReader chain, AgentDid word, Hash32 digest, byte[] signature, BlockTag at) {
    String data =
        FunctionEncoder.encode(
            new Function(
                "isValidSignature",
                List.of(new Bytes32(digest.bytes()), new DynamicBytes(signature)),
                List.of()));
    return chain.call(
                new ChainCall(Optional.empty(), word.owner(), data, OptionalLong.of(MOST_GAS)), at)
            instanceof CallOutcome.Returned(String answer)
        && answer.equals(VALID);
  }
}
