package org.earnest.devnet;

import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/**
 * Where Earnest's contracts are on one chain.
 *
 * @param usdc TestUSDC, 6 decimals, which anybody may mint
 * @param identityRegistry ERC-8004
 * @param reputationRegistry ERC-8004
 * @param validationRegistry ERC-8004
 * @param dealEscrow deals and settled reputation
 * @param didRegistry ERC-1056, for did:ethr
 * @param credentialAnchor roots of status lists and evidence
 * @param callBatch several calls in one transaction
 */
public record Deployed(
    Caip2ChainId chain,
    EvmAddress usdc,
    EvmAddress identityRegistry,
    EvmAddress reputationRegistry,
    EvmAddress validationRegistry,
    EvmAddress dealEscrow,
    EvmAddress didRegistry,
    EvmAddress credentialAnchor,
    EvmAddress callBatch) {

  /** The test money as an asset. */
  public Caip19AssetId usdcAsset() {
    return new Caip19AssetId(chain, usdc);
  }
}
