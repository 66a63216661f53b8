package org.earnest.credentials.settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.credential.StatementForm;
import org.earnest.core.credential.StatementOutcome;
import org.earnest.core.deal.SettlementReceipt;
import org.earnest.core.deal.SettlementReceipts;
import org.earnest.core.identity.Did;
import org.earnest.core.reputation.ReputationStatement;
import org.earnest.core.reputation.ReputationStatements;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.credentials.Issuers;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.settlement.StatementForms.Unsecured;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what the chain says, signed, each statement with the block and, for a settlement, the
 * transaction that anybody can hold it against.
 */
public final class StatementIssuer implements SettlementReceipts, ReputationStatements {
  public static final String RECEIPT = "SettlementReceiptCredential";
  public static final String REPUTATION = "ReputationStatementCredential";

  static final String PREDICATE = "predicate";

  /** What was settled stays settled; the signature is not to be believed for ever. */
  public static final Duration RECEIPT_VALIDITY = Duration.ofDays(3_650);

  /** An agent may do worse tomorrow. */
  public static final Duration REPUTATION_VALIDITY = Duration.ofDays(7);

  /** Where and how a leg ended; whatever a holder shows of a receipt says that, too. */
  private static final Set<String> OF_RECEIPTS =
      Set.of("escrow", "outcome", "blockNumber", "blockHash");

  /** Of whom and when a reputation is, likewise. */
  private static final Set<String> OF_REPUTATIONS =
      Set.of("agentId", "ownerEpoch", "blockNumber", "blockHash");

  private final StatementForms forms;
  private final InstantSource clock;

  /**
   * Issues by the service's keys.
   *
   * @param issuers who know {@link AgentContext}; by {@code ecdsa-sd-2023} and as SD-JWT, holders
   *     can show of a statement what they like
   */
  public StatementIssuer(Issuers issuers, InstantSource clock) {
    this.forms = new StatementForms(issuers);
    this.clock = clock;
  }

  @Override
  public StatementOutcome issue(SettlementReceipt receipt, StatementForm form) {
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
    at(about, receipt.closing().block());
    return forms.secured(new Unsecured(json, OF_RECEIPTS, Map.of()), form);
  }

  @Override
  public StatementOutcome issue(ReputationStatement statement, StatementForm form) {
    ObjectNode json = unsecured(REPUTATION, REPUTATION_VALIDITY);
    ObjectNode about =
        json.putObject("credentialSubject")
            .put("id", account(statement.at().chain(), statement.owner()))
            .put("agentId", statement.agent().toString())
            .put("ownerEpoch", statement.epoch());
    ArrayNode settled = about.putArray("settled");
    ArrayNode predicates = about.putArray(PREDICATE);
    for (ReputationStatement.Total total : statement.totals()) {
      settled.add(
          sum(settled.objectNode().put("asset", total.asset().toString()), total.summary()));
      RatingPredicate.heldBy(total).forEach(held -> predicates.add(held.json()));
    }
    at(about, statement.at());
    Map<String, Integer> sets =
        Map.of(PREDICATE, RatingPredicate.STEPS * statement.totals().size());
    return forms.secured(new Unsecured(json, OF_REPUTATIONS, sets), form);
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

  private static void at(ObjectNode about, BlockRef block) {
    about.put("blockNumber", block.number()).put("blockHash", block.hash().hex());
  }

  /** The DID of an account (did:pkh). */
  private static String account(Caip2ChainId chain, EvmAddress account) {
    return Did.pkh(new Caip10AccountId(chain, account)).value();
  }
}
