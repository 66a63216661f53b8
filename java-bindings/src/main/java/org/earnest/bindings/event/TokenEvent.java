package org.earnest.bindings.event;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** Events of an ERC-20 token with EIP-3009. Amounts are atomic units. */
public sealed interface TokenEvent extends ContractEvent {
  record Transferred(EvmAddress from, EvmAddress to, BigInteger amount) implements TokenEvent {}

  record AuthorizationUsed(EvmAddress authorizer, Hash32 nonce) implements TokenEvent {}

  record AuthorizationCanceled(EvmAddress authorizer, Hash32 nonce) implements TokenEvent {}
}
