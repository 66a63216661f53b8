package org.earnest.credentials.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.SettlementReceipt;
import org.earnest.core.deal.SettlementReceipts;
import org.earnest.core.identity.Did;
import org.earnest.core.reputation.ReputationStatement;
import org.earnest.core.reputation.ReputationStatements;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.selective.Pointers;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what the chain says, signed, each statement with the block and, for a settlement, the
 * transaction that anybody can hold it against.
 */
public final class StatementIssuer implements SettlementReceipts, ReputationStatements {
  public static final String RECEIPT = "SettlementReceiptCredential";
  public static final String REPUTATION = "ReputationStatementCredential";

  /** What was settled stays settled; the signature is not to be believed for ever. */
  public static final Duration RECEIPT_VALIDITY = Duration.ofDays(3_650);

  /** An agent may do worse tomorrow. */
  public static final Duration REPUTATION_VALIDITY = Duration.ofDays(7);

  /** Of whom and when a reputation is; whatever a holder shows of it says that, too. */
  private static final Pointers ALWAYS_SHOWN =
      new Pointers(
          new LinkedHashSet<>(
              List.of(
                  "/credentialSubject/agentId",
                  "/credentialSubject/ownerEpoch",
                  "/credentialSubject/blockNumber",
                  "/credentialSubject/blockHash")));

  private final CredentialIssuer issuer;
  private final CredentialIssuer reputations;
  private final InstantSource clock;

  /**
   * Issues by the service's key.
   *
   * @param issuer who knows {@link AgentContext}; by {@code ecdsa-sd-2023}, holders can show of a
   *     reputation what they like
   */
  public StatementIssuer(CredentialIssuer issuer, InstantSource clock) {
    this.issuer = issuer;
    this.reputations =
        issuer.cryptosuite() instanceof EcdsaSdCryptosuite suite
            ? issuer.by(suite.mandatory(ALWAYS_SHOWN))
            : issuer;
    this.clock = clock;
  }

  @Override
  public String issue(SettlementReceipt receipt) {
    ObjectNode json = unsecured(RECEIPT, RECEIPT_VALIDITY);
    Caip2ChainId chain = receipt.escrow().chain();
    ObjectNode about =
        json.putObject("credentialSubject")
            .put("id", account(chain, receipt.payee()))
            .put("escrow", receipt.escrow().toString())
            .put("dealId", receipt.deal().toString())
            .put("leg", receipt.leg())
            .put("outcome", receipt.outcome().name().toLowerCase(Locale.ROOT))
            .put("client", account(chain, receipt.client()))
            .put("asset", receipt.paid().asset().toString())
            .put("paid", receipt.paid().atomicUnits().toString())
            .put("transaction", receipt.closing().transaction().hex());
    receipt.agent().ifPresent(agent -> about.put("agentId", agent.toString()));
    receipt.rating().ifPresent(rating -> about.put("rating", rating));
    return secured(issuer, at(json, about, receipt.closing().block()));
  }

  @Override
  public String issue(ReputationStatement statement) {
    ObjectNode json = unsecured(REPUTATION, REPUTATION_VALIDITY);
    ObjectNode about =
        json.putObject("credentialSubject")
            .put("id", account(statement.at().chain(), statement.owner()))
            .put("agentId", statement.agent().toString())
            .put("ownerEpoch", statement.epoch());
    ArrayNode settled = about.putArray("settled");
    ArrayNode predicates = about.putArray("predicate");
    for (ReputationStatement.Total total : statement.totals()) {
      settled.add(
          sum(settled.objectNode().put("asset", total.asset().toString()), total.summary()));
      RatingPredicate.heldBy(total).forEach(held -> predicates.add(held.json()));
    }
    return secured(reputations, at(json, about, statement.at()));
  }

  private static ObjectNode sum(ObjectNode json, SettledSummary summary) {
    return json.put("volume", summary.volume().toString())
        .put("closed", summary.closed())
        .put("rated", summary.rated())
        .put("ratingSum", summary.ratingSum())
        .put("missed", summary.missed())
        .put("late", summary.late())
        .put("lost", summary.lost());
  }

  private ObjectNode unsecured(String type, Duration validity) {
    Instant now = clock.instant();
    return AgentContext.credential(type, now, now.plus(validity));
  }

  private static ObjectNode at(ObjectNode json, ObjectNode about, BlockRef block) {
    about.put("blockNumber", block.number()).put("blockHash", block.hash().hex());
    return json;
  }

  private static String secured(CredentialIssuer by, ObjectNode json) {
    return switch (by.issue(json.toString().getBytes(UTF_8))) {
      case IssueOutcome.Issued issued -> issued.credential().toString();
      case IssueOutcome.Refused refused ->
          throw new IllegalStateException("a statement is no credential: " + refused.detail());
    };
  }

  /** The DID of an account (did:pkh). */
  private static String account(Caip2ChainId chain, EvmAddress account) {
    return Did.pkh(new Caip10AccountId(chain, account)).value();
  }
}
