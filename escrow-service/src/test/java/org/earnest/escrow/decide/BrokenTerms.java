package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;

/** One way to break each rule, under the code that it is refused with. */
public final class BrokenTerms {
  private static final EvmAddress OTHER = new EvmAddress("0x" + "0e".repeat(20));

  private BrokenTerms() {}

  /** Rules that service and contract share. */
  public static Map<String, Consumer<SampleTerms>> shared() {
    Map<String, Consumer<SampleTerms>> all = new LinkedHashMap<>();
    all.put("open_deadline_passed", terms -> terms.openBy = 1);
    all.put("forbidden_party", terms -> terms.payee = terms.token);
    all.put(
        "arbiter_is_client",
        terms -> {
          terms.arbiter = terms.client;
          terms.rulingTime = 1;
        });
    all.put("ruling_time_mismatch", terms -> terms.rulingTime = 1);
    all.put("fee_receiver_mismatch", terms -> terms.feeBps = 1);
    all.put(
        "fee_above_max",
        terms -> {
          terms.feeReceiver = OTHER;
          terms.feeBps = 1_001;
        });
    all.put("share_above_max", terms -> terms.silenceBps = 10_001);
    all.put("client_is_payee", terms -> terms.payee = terms.client);
    all.put(
        "arbiter_is_payee",
        terms -> {
          terms.arbiter = terms.payee;
          terms.rulingTime = 1;
        });
    all.put("standby_missing", terms -> terms.retainer = BigInteger.ONE);
    all.put("zero_amount", terms -> terms.amount = BigInteger.ZERO);
    all.put("penalty_above_amount", terms -> terms.penaltyMax = terms.amount.add(BigInteger.ONE));
    all.put(
        "penalty_without_grace",
        terms -> {
          terms.penaltyMax = BigInteger.ONE;
          terms.grace = 0;
        });
    all.put("due_outside_window", terms -> terms.due = 1);
    all.put("grace_above_max", terms -> terms.grace = 1L << 24);
    all.put("review_above_max", terms -> terms.review = 180L * 86_400 + 1);
    all.put("escalation_without_arbiter", terms -> terms.silenceBps = 65_535);
    all.put("reserved_tag", BrokenTerms::clientTag);
    all.put("agent_order", BrokenTerms::sameAgentTwice);
    all.put("client_is_standby", terms -> standby(terms, terms.client));
    all.put(
        "arbiter_is_standby",
        terms -> {
          terms.arbiter = OTHER;
          terms.rulingTime = 1;
          standby(terms, OTHER);
        });
    all.put("payee_is_standby", terms -> standby(terms, terms.payee));
    all.put(
        "standby_time_missing",
        terms -> {
          standby(terms, OTHER);
          terms.callWindow = 0;
        });
    all.put(
        "penalty_above_bond",
        terms -> {
          standby(terms, OTHER);
          terms.penaltyMax = BigInteger.ONE;
        });
    return all;
  }

  private static void standby(SampleTerms terms, EvmAddress standby) {
    terms.standby = standby;
    terms.callWindow = 1;
    terms.standbyTime = 1;
  }

  private static void clientTag(SampleTerms terms) {
    terms.agentId = BigInteger.ONE;
    terms.tag = Keccak256.hash("earnest.client");
  }

  private static void sameAgentTwice(SampleTerms terms) {
    terms.agentId = BigInteger.ONE;
    terms.legs = 2;
  }
}
