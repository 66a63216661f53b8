package org.earnest.bindings.call;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.anchor.AnchorEntry;
import org.earnest.bindings.contract.CredentialAnchor;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Since when issuers stand by what. */
public final class CredentialAnchorReads {
  private final CredentialAnchor abi;
  private final ContractReads reads;

  public CredentialAnchorReads(ChainReader chain, EvmAddress contract) {
    this.abi = Wrappers.credentialAnchor();
    this.reads = new ContractReads(chain, contract);
  }

  /** Since when the issuer stands by a root; empty if it never anchored it. */
  public Optional<Instant> anchoredAt(EvmAddress issuer, Hash32 root, BlockTag at) {
    return time(abi.anchoredAt(issuer.hex(), root.bytes()), at);
  }

  /**
   * Since when the issuer stands by an entry; empty if the proof leads to no root of this issuer's.
   *
   * @param proof as {@link org.earnest.bindings.anchor.AnchorTree#proof} gives it
   */
  public Optional<Instant> provenAt(
      EvmAddress issuer, AnchorEntry entry, List<Hash32> proof, BlockTag at) {
    return time(
        abi.provenAt(
            issuer.hex(),
            entry.subject().bytes(),
            entry.digest().bytes(),
            proof.stream().map(Hash32::bytes).toList()),
        at);
  }

  private Optional<Instant> time(RemoteFunctionCall<?> function, BlockTag at) {
    long second =
        reads.read(function, at, values -> values.get(0, BigInteger.class).longValueExact());
    return second == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
  }
}
