package org.earnest.escrow.edge;

import java.util.Map;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Something to be signed.
 *
 * @param digest what a key signs as it stands
 * @param typedData the same for a wallet ({@code eth_signTypedData_v4})
 */
record ToSign(String signer, String digest, Map<String, Object> typedData) {
  ToSign(EvmAddress signer, Hash32 digest, Map<String, Object> typedData) {
    this(signer.hex(), digest.hex(), typedData);
  }
}
