package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.cli.client.Answer;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.edge.TermsJson;
import tools.jackson.databind.JsonNode;

/**
 * Deals between buyer and seller over the house's HTTP. The parties sign only what they have
 * computed themselves: a service that asks for another signature gets none.
 */
final class Deals {
  private final Stage stage;
  private final Identities who;
  private final DealTypedData typedData;

  Deals(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.typedData =
        new DealTypedData(stage.host().chain().chainId(), stage.host().contracts().dealEscrow());
  }

  DealId id(DealTerms terms) {
    return typedData.dealId(terms);
  }

  /**
   * The service opens and funds the escrow in one transaction, by what both have signed.
   *
   * @param payee signs in the seller's place; the escrow takes nobody but the seller
   */
  Answer open(DealTerms terms, LocalSigner payee) {
    JsonNode prepared =
        post("/deals/prepare", Map.of("terms", TermsJson.write(terms))).require("preparing");
    String validAfter = prepared.path("validAfter").asString("");
    String validBefore = prepared.path("validBefore").asString("");
    Hash32 funding = funding(terms, new BigInteger(validAfter), new BigInteger(validBefore));
    return post(
        "/deals",
        Map.of(
            "terms",
            TermsJson.write(terms),
            "payeeSignatures",
            List.of(sign(payee, id(terms).digest(), prepared.path("deal"))),
            "authorization",
            Map.of(
                "validAfter",
                validAfter,
                "validBefore",
                validBefore,
                "signature",
                sign(who.buyer().signer(), funding, prepared.path("authorization")))));
  }

  Answer deliver(DealTerms terms, Hash32 deliverable, String uri) {
    Hash32 digest = typedData.deliver(id(terms), 0, deliverable, who.seller().address());
    JsonNode asked =
        post(leg(terms) + "/deliver/prepare", Map.of("deliverable", deliverable.hex()))
            .require("preparing the delivery");
    return post(
        leg(terms) + "/deliver",
        Map.of(
            "deliverable",
            deliverable.hex(),
            "uri",
            uri,
            "signature",
            sign(who.seller().signer(), digest, asked)));
  }

  Answer accept(DealTerms terms, int rating) {
    Hash32 digest = typedData.accept(id(terms), 0, rating);
    JsonNode asked =
        post(leg(terms) + "/accept/prepare", Map.of("rating", rating))
            .require("preparing the acceptance");
    return post(
        leg(terms) + "/accept",
        Map.of("rating", rating, "signature", sign(who.buyer().signer(), digest, asked)));
  }

  Answer lapse(DealTerms terms) {
    return post(leg(terms) + "/lapse", Map.of());
  }

  /** The deal as the service shows it. */
  JsonNode show(DealTerms terms) {
    return stage.client().get("/deals/" + id(terms)).require("the deal");
  }

  private Hash32 funding(DealTerms terms, BigInteger validAfter, BigInteger validBefore) {
    return new ReceiveWithAuthorization(
            who.buyer().address(),
            stage.host().contracts().dealEscrow(),
            terms.total(),
            validAfter,
            validBefore,
            id(terms).digest())
        .digest(tokenDomain(terms.head().token()));
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

  private static String sign(LocalSigner signer, Hash32 own, JsonNode asked) {
    if (!own.hex().equals(asked.path("digest").asString(""))) {
      throw new DemoFailedException("the service asks for a signature of something else: " + asked);
    }
    return Hex.encode(signer.sign(own));
  }

  private String leg(DealTerms terms) {
    return "/deals/" + id(terms) + "/legs/0";
  }

  private Answer post(String path, Object body) {
    return stage.client().post(path, body);
  }
}
