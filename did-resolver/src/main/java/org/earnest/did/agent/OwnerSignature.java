package org.earnest.did.agent;

import org.earnest.bindings.call.Erc1271;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.AgentDid;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hex;

/** Whether an owner signed for a DID: with its key, or as a contract (ERC-1271). */
final class OwnerSignature {
  /** Bytes; a contract's signature may be several keys'. */
  static final int MAX_BYTES = 4096;

  private static final String NO_CODE = "0x";

  private OwnerSignature() {}

  static boolean holds(ChainReader chain, AgentDid word, String signature, BlockTag at) {
    if (!signature.matches("0x(?:[0-9a-fA-F]{2}){1," + MAX_BYTES + "}")) {
      return false;
    }
    byte[] bytes = Hex.decode(signature);
    // An account with a key may have code, too (EIP-7702).
    return SignatureRecovery.recover(word.digest(), bytes).filter(word.owner()::equals).isPresent()
        || (!chain.code(word.owner(), at).equals(NO_CODE)
            && Erc1271.accepts(chain, word.owner(), word.digest(), bytes, at));
  }
}
