package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.contract.TestUSDC;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** What an ERC-20 token with EIP-3009 knows. Amounts are atomic units. */
public final class TokenReads {
  /** {@code permit(address,address,uint256,uint256,uint8,bytes32,bytes32)} of nothing. */
  private static final String UNSIGNED_PERMIT = "0xd505accf" + "0".repeat(7 * 64);

  private final ChainReader chain;
  private final EvmAddress token;
  private final TestUSDC abi;
  private final ContractReads reads;

  public TokenReads(ChainReader chain, EvmAddress token) {
    this.chain = chain;
    this.token = token;
    this.abi = Wrappers.token();
    this.reads = new ContractReads(chain, token);
  }

  public BigInteger balance(EvmAddress owner, BlockTag at) {
    return reads.read(abi.balanceOf(owner.hex()), at, values -> values.get(0, BigInteger.class));
  }

  public BigInteger allowance(EvmAddress owner, EvmAddress spender, BlockTag at) {
    return reads.read(
        abi.allowance(owner.hex(), spender.hex()), at, values -> values.get(0, BigInteger.class));
  }

  /** Whether the nonce of an EIP-3009 authorization was used or cancelled. */
  public boolean authorizationUsed(EvmAddress authorizer, Hash32 nonce, BlockTag at) {
    return reads.read(
        abi.authorizationState(authorizer.hex(), nonce.bytes()),
        at,
        values -> values.get(0, Boolean.class));
  }

  /** How many EIP-2612 permits of the owner were used, which is the next one's nonce. */
  public BigInteger permitNonce(EvmAddress owner, BlockTag at) {
    return reads.read(abi.nonces(owner.hex()), at, values -> values.get(0, BigInteger.class));
  }

  /**
   * Whether it takes EIP-2612 permits: it counts them, and says what is wrong with one that nobody
   * signed. What a token refuses without a word is taken for none.
   */
  public boolean takesPermits(BlockTag at) {
    boolean counts =
        reads
            .find(abi.nonces(EvmAddress.ZERO.hex()), at, values -> values.get(0, BigInteger.class))
            .isPresent();
    return counts
        && chain.call(new ChainCall(token, UNSIGNED_PERMIT), at)
            instanceof CallOutcome.Reverted(String data)
        && !data.equals("0x");
  }

  public int decimals(BlockTag at) {
    return reads.read(
        abi.decimals(), at, values -> values.get(0, BigInteger.class).intValueExact());
  }

  /** The name in the token's EIP-712 domain; empty for a token without one. */
  public Optional<String> name(BlockTag at) {
    return reads.find(abi.name(), at, values -> values.get(0, String.class));
  }

  /** The version in the token's EIP-712 domain; empty for a token without one. */
  public Optional<String> version(BlockTag at) {
    return reads.find(abi.version(), at, values -> values.get(0, String.class));
  }

  /** The token's own EIP-712 domain separator; empty for a token without one. */
  public Optional<Hash32> domainSeparator(BlockTag at) {
    return reads.find(abi.DOMAIN_SEPARATOR(), at, values -> Hash32.of(values.get(0, byte[].class)));
  }
}
