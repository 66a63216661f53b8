package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.Map;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import tools.jackson.databind.JsonNode;

/** Leave to the escrow to take money, by EIP-3009. */
record Authorizations(Stage stage) {
  /**
   * The member {@code authorization} of a request.
   *
   * @param nonce the digest of what the money is for
   * @param prepared what the service asks for
   */
  Map<String, String> sign(
      LocalSigner account, BigInteger amount, Hash32 nonce, JsonNode prepared) {
    String validAfter = prepared.path("validAfter").asString("");
    String validBefore = prepared.path("validBefore").asString("");
    ReceiveWithAuthorization leave =
        new ReceiveWithAuthorization(
            account.address(),
            stage.host().contracts().dealEscrow(),
            amount,
            new BigInteger(validAfter),
            new BigInteger(validBefore),
            nonce);
    Hash32 own = leave.digest(tokenDomain(stage.host().contracts().usdc()));
    return Map.of(
        "validAfter",
        validAfter,
        "validBefore",
        validBefore,
        "signature",
        Deals.sign(account, own, prepared.path("authorization")));
  }

  /** As the token itself says: a domain that another names may be another's. */
  private Eip712Domain tokenDomain(EvmAddress token) {
    TokenReads reads = new TokenReads(stage.host().reader(), token);
    return new Eip712Domain(
        reads.name(BlockTag.Named.LATEST).orElseThrow(),
        reads.version(BlockTag.Named.LATEST).orElseThrow(),
        stage.host().chain().chainId(),
        token);
  }
}
