package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.HashMap;
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

  DealTypedData typedData() {
    return typedData;
  }

  /** Opens a deal that the seller has signed. */
  Answer open(DealTerms terms) {
    return open(terms, List.of(consent(terms, who.seller().signer())), List.of());
  }

  /** What a payee or a standby signs: all terms. */
  String consent(DealTerms terms, LocalSigner party) {
    return Hex.encode(party.sign(id(terms).digest()));
  }

  /**
   * The service opens and funds the escrow in one transaction, by what everybody has signed.
   *
   * @param payees one for each leg; empty where the payee joins later
   * @param standbys one for each leg that names one
   */
  Answer open(DealTerms terms, List<String> payees, List<String> standbys) {
    JsonNode prepared =
        post("/deals/prepare", Map.of("terms", TermsJson.write(terms))).require("preparing");
    requireSame(id(terms).digest(), prepared.path("deal"));
    String validAfter = prepared.path("validAfter").asString("");
    String validBefore = prepared.path("validBefore").asString("");
    return post(
        "/deals",
        Map.of(
            "terms",
            TermsJson.write(terms),
            "payeeSignatures",
            payees,
            "standbySignatures",
            standbys,
            "authorization",
            authorization(
                who.buyer().signer(),
                leave(who.buyer().signer(), terms.total(), validAfter, validBefore, id(terms)),
                prepared.path("authorization"))));
  }

  /** Puts an account's money in, from which its bonds are taken. */
  Answer deposit(LocalSigner account, BigInteger amount, Hash32 salt) {
    EvmAddress token = stage.host().contracts().usdc();
    Map<String, Object> body = new HashMap<>();
    body.put("token", token.hex());
    body.put("account", account.address().hex());
    body.put("amount", amount.toString());
    body.put("salt", salt.hex());
    JsonNode prepared = post("/deposits/prepare", body).require("preparing the deposit");
    Hash32 nonce = typedData.deposit(token, account.address(), amount, salt);
    body.put(
        "authorization",
        authorization(
            account,
            leave(
                account,
                amount,
                prepared.path("validAfter").asString(""),
                prepared.path("validBefore").asString(""),
                new DealId(nonce)),
            prepared.path("authorization")));
    return post("/deposits", body);
  }

  /** What an account has in the escrow, as the service says; atomic units. */
  String credit(EvmAddress account) {
    return stage
        .client()
        .get("/credit?token=" + stage.host().contracts().usdc() + "&account=" + account)
        .require("the credit")
        .path("credit")
        .asString("");
  }

  /** The deal as the service shows it. */
  JsonNode show(DealTerms terms) {
    return stage.client().get("/deals/" + id(terms)).require("the deal");
  }

  private ReceiveWithAuthorization leave(
      LocalSigner account, BigInteger amount, String validAfter, String validBefore, DealId nonce) {
    return new ReceiveWithAuthorization(
        account.address(),
        stage.host().contracts().dealEscrow(),
        amount,
        new BigInteger(validAfter),
        new BigInteger(validBefore),
        nonce.digest());
  }

  private Map<String, String> authorization(
      LocalSigner account, ReceiveWithAuthorization leave, JsonNode asked) {
    return Map.of(
        "validAfter",
        leave.validAfter().toString(),
        "validBefore",
        leave.validBefore().toString(),
        "signature",
        sign(account, leave.digest(tokenDomain(stage.host().contracts().usdc())), asked));
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

  /** Signs what the signer itself has computed, if that is what is asked for. */
  static String sign(LocalSigner signer, Hash32 own, JsonNode asked) {
    requireSame(own, asked);
    return Hex.encode(signer.sign(own));
  }

  private static void requireSame(Hash32 own, JsonNode asked) {
    if (!own.hex().equals(asked.path("digest").asString(""))) {
      throw new DemoFailedException("the service asks for a signature of something else: " + asked);
    }
  }

  private Answer post(String path, Object body) {
    return stage.client().post(path, body);
  }
}
