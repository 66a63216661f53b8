package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;

/** What Permit2 knows. */
public final class Permit2Reads {
  private static final int BITS_OF_A_WORD = 8;
  private static final int WORD_CHARS = 2 + 64;

  private final ChainReader chain;

  public Permit2Reads(ChainReader chain) {
    this.chain = chain;
  }

  /** Whether the owner's nonce was used or cancelled; false where there is no Permit2. */
  public boolean isUsed(EvmAddress owner, BigInteger nonce, BlockTag at) {
    String data =
        FunctionEncoder.encode(
            new Function(
                "nonceBitmap",
                List.of(new Address(owner.hex()), new Uint256(nonce.shiftRight(BITS_OF_A_WORD))),
                List.of()));
    return switch (chain.call(new ChainCall(Permit2Transfer.PERMIT2, data), at)) {
      case CallOutcome.Returned returned ->
          returned.data().length() == WORD_CHARS
              && new BigInteger(returned.data().substring(2), 16)
                  .testBit(nonce.intValue() & ((1 << BITS_OF_A_WORD) - 1));
      case CallOutcome.Reverted reverted -> false;
    };
  }
}
