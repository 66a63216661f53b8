package org.earnest.escrow.edge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.core.deal.BrokenTermsException;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import tools.jackson.databind.JsonNode;

/**
 * A deal's terms in JSON: {@code {"head": {…}, "legs": [{…}]}}, its members named as in the
 * contract. Members that a simple deal does not need may be left out and are zero then.
 */
public final class TermsJson {
  private TermsJson() {}

  /**
   * Reads terms.
   *
   * @throws BrokenTermsException when there are not 1 to {@link DealTerms#MAX_LEGS} legs
   * @throws IllegalArgumentException with the path of the member that does not fit
   */
  public static DealTerms read(JsonNode terms) {
    JsonNode legs = terms.path("legs");
    if (!legs.isArray()) {
      throw new IllegalArgumentException("terms.legs must be an array");
    }
    DealTerms.requireLegCount(legs.size());
    List<Leg> read = new ArrayList<>(legs.size());
    for (int i = 0; i < legs.size(); i++) {
      read.add(leg(new Members(legs.get(i), "terms.legs[" + i + "]")));
    }
    return new DealTerms(head(new Members(terms.path("head"), "terms.head")), read);
  }

  /** Writes terms with every member; numbers of more than 64 bits as decimal text. */
  public static Map<String, Object> write(DealTerms terms) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("head", head(terms.head()));
    json.put("legs", terms.legs().stream().map(TermsJson::leg).toList());
    return json;
  }

  private static Head head(Members head) {
    head.requiring("client", "token", "openBy", "docHash");
    return new Head(
        head.address("client"),
        head.integer("clientAgentId"),
        head.number("clientAgentEpoch"),
        head.address("token"),
        head.address("arbiter"),
        head.number("rulingTime"),
        head.small("deadlockBps"),
        head.small("arbiterFeeBps"),
        head.address("feeReceiver"),
        head.small("feeBps"),
        head.number("openBy"),
        head.number("joinBy"),
        head.hash("docHash"));
  }

  private static Leg leg(Members leg) {
    leg.requiring("payee", "amount", "due", "review", "silenceBps", "criteriaHash");
    return new Leg(
        leg.address("payee"),
        leg.integer("agentId"),
        leg.number("agentEpoch"),
        leg.hash("tag"),
        leg.integer("amount"),
        leg.integer("bond"),
        leg.integer("penaltyMax"),
        leg.number("due"),
        leg.number("grace"),
        leg.number("review"),
        leg.small("silenceBps"),
        leg.hash("criteriaHash"),
        leg.address("standby"),
        leg.integer("standbyAgentId"),
        leg.number("standbyAgentEpoch"),
        leg.integer("retainer"),
        leg.integer("standbyBond"),
        leg.number("callWindow"),
        leg.number("standbyTime"));
  }

  static Map<String, Object> head(Head head) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("client", head.client().hex());
    json.put("clientAgentId", head.clientAgentId().toString());
    json.put("clientAgentEpoch", head.clientAgentEpoch());
    json.put("token", head.token().hex());
    json.put("arbiter", head.arbiter().hex());
    json.put("rulingTime", head.rulingTime());
    json.put("deadlockBps", head.deadlockBps());
    json.put("arbiterFeeBps", head.arbiterFeeBps());
    json.put("feeReceiver", head.feeReceiver().hex());
    json.put("feeBps", head.feeBps());
    json.put("openBy", head.openBy());
    json.put("joinBy", head.joinBy());
    json.put("docHash", head.docHash().hex());
    return json;
  }

  static Map<String, Object> leg(Leg leg) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("payee", leg.payee().hex());
    json.put("agentId", leg.agentId().toString());
    json.put("agentEpoch", leg.agentEpoch());
    json.put("tag", leg.tag().hex());
    json.put("amount", leg.amount().toString());
    json.put("bond", leg.bond().toString());
    json.put("penaltyMax", leg.penaltyMax().toString());
    json.put("due", leg.due());
    json.put("grace", leg.grace());
    json.put("review", leg.review());
    json.put("silenceBps", leg.silenceBps());
    json.put("criteriaHash", leg.criteriaHash().hex());
    json.put("standby", leg.standby().hex());
    json.put("standbyAgentId", leg.standbyAgentId().toString());
    json.put("standbyAgentEpoch", leg.standbyAgentEpoch());
    json.put("retainer", leg.retainer().toString());
    json.put("standbyBond", leg.standbyBond().toString());
    json.put("callWindow", leg.callWindow());
    json.put("standbyTime", leg.standbyTime());
    return json;
  }
}
