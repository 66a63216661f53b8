package org.earnest.bindings.call;

import java.math.BigInteger;
import org.earnest.bindings.contract.TestUSDC;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;

/** An ERC-20 token with EIP-3009. Amounts are atomic units. */
public final class TokenCalls {
  private final EvmAddress token;
  private final TestUSDC abi;

  public TokenCalls(EvmAddress token) {
    this.token = token;
    this.abi = Wrappers.token();
  }

  public ChainCall transfer(EvmAddress to, BigInteger amount) {
    return Wrappers.call(token, abi.transfer(to.hex(), amount));
  }

  public ChainCall approve(EvmAddress spender, BigInteger amount) {
    return Wrappers.call(token, abi.approve(spender.hex(), amount));
  }

  /** The test token's faucet; a real token reverts. */
  public ChainCall mint(EvmAddress to, BigInteger amount) {
    return Wrappers.call(token, abi.mint(to.hex(), amount));
  }

  /**
   * Moves the signer's tokens; by anyone.
   *
   * @param signature 65 bytes of a key, or what the signer's contract wallet takes (ERC-1271)
   */
  public ChainCall transferWithAuthorization(TransferWithAuthorization by, byte[] signature) {
    String from = by.from().hex();
    String to = by.to().hex();
    byte[] nonce = by.nonce().bytes();
    if (signature.length != Vrs.BYTES) {
      return Wrappers.call(
          token,
          abi.transferWithAuthorization(
              from, to, by.value(), by.validAfter(), by.validBefore(), nonce, signature));
    }
    Vrs vrs = Vrs.of(signature);
    return Wrappers.call(
        token,
        abi.transferWithAuthorization(
            from,
            to,
            by.value(),
            by.validAfter(),
            by.validBefore(),
            nonce,
            vrs.v(),
            vrs.r(),
            vrs.s()));
  }

  /**
   * Fetches the signer's tokens; by the receiver.
   *
   * @param signature 65 bytes of a key, or what the signer's contract wallet takes (ERC-1271)
   */
  public ChainCall receiveWithAuthorization(ReceiveWithAuthorization by, byte[] signature) {
    String from = by.from().hex();
    String to = by.to().hex();
    byte[] nonce = by.nonce().bytes();
    if (signature.length != Vrs.BYTES) {
      return Wrappers.call(
          token,
          abi.receiveWithAuthorization(
              from, to, by.value(), by.validAfter(), by.validBefore(), nonce, signature));
    }
    Vrs vrs = Vrs.of(signature);
    return Wrappers.call(
        token,
        abi.receiveWithAuthorization(
            from,
            to,
            by.value(),
            by.validAfter(),
            by.validBefore(),
            nonce,
            vrs.v(),
            vrs.r(),
            vrs.s()));
  }
}
