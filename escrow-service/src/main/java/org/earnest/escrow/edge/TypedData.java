package org.earnest.escrow.edge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;

/** What parties sign, as wallets take it ({@code eth_signTypedData_v4}, EIP-712). */
final class TypedData {
  private record Field(String name, String type) {}

  private static final List<Field> DOMAIN =
      fields("string name,string version,uint256 chainId,address verifyingContract");
  private static final List<Field> HEAD =
      fields(
          "address client,uint256 clientAgentId,uint32 clientAgentEpoch,address token,"
              + "address arbiter,uint32 rulingTime,uint16 deadlockBps,uint16 arbiterFeeBps,"
              + "address feeReceiver,uint16 feeBps,uint40 openBy,uint40 joinBy,bytes32 docHash");
  private static final List<Field> LEG =
      fields(
          "address payee,uint256 agentId,uint32 agentEpoch,bytes32 tag,uint128 amount,"
              + "uint128 bond,uint128 penaltyMax,uint40 due,uint32 grace,uint32 review,"
              + "uint16 silenceBps,bytes32 criteriaHash,address standby,uint256 standbyAgentId,"
              + "uint32 standbyAgentEpoch,uint128 retainer,uint128 standbyBond,"
              + "uint32 callWindow,uint32 standbyTime");
  private static final List<Field> TERMS = fields("Head head,Leg[] legs");
  private static final List<Field> DELIVER =
      fields("bytes32 dealId,uint8 leg,bytes32 deliverable,address occupant");
  private static final List<Field> ACCEPT = fields("bytes32 dealId,uint8 leg,uint8 rating");
  private static final List<Field> SUBSTITUTE = fields("bytes32 dealId,uint8 leg");
  private static final List<Field> DISPUTE =
      fields("bytes32 dealId,uint8 leg,bool delivered,bytes32 evidence");
  private static final List<Field> SETTLE =
      fields(
          "bytes32 dealId,uint8 leg,uint8 state,address occupant,uint128 toPayee,"
              + "uint128 bondBack,uint40 validBefore");
  private static final List<Field> RATE =
      fields("bytes32 dealId,uint8 leg,bool byClient,uint8 rating");
  private static final List<Field> AUTHORIZATION =
      fields(
          "address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,"
              + "bytes32 nonce");

  private TypedData() {}

  static Map<String, Object> terms(Eip712Domain domain, DealTerms terms) {
    Map<String, List<Field>> types = new LinkedHashMap<>();
    types.put("DealTerms", TERMS);
    types.put("Head", HEAD);
    types.put("Leg", LEG);
    return of(domain, "DealTerms", types, TermsJson.write(terms));
  }

  static Map<String, Object> authorization(Eip712Domain token, ReceiveWithAuthorization by) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("from", by.from().hex());
    message.put("to", by.to().hex());
    message.put("value", by.value().toString());
    message.put("validAfter", by.validAfter().toString());
    message.put("validBefore", by.validBefore().toString());
    message.put("nonce", by.nonce().hex());
    String type = "ReceiveWithAuthorization";
    return of(token, type, Map.of(type, AUTHORIZATION), message);
  }

  static Map<String, Object> deliver(
      Eip712Domain domain, DealId deal, int leg, Hash32 deliverable, EvmAddress occupant) {
    Map<String, Object> message = onLeg(deal, leg);
    message.put("deliverable", deliverable.hex());
    message.put("occupant", occupant.hex());
    return of(domain, "Deliver", Map.of("Deliver", DELIVER), message);
  }

  static Map<String, Object> accept(Eip712Domain domain, DealId deal, int leg, int rating) {
    Map<String, Object> message = onLeg(deal, leg);
    message.put("rating", rating);
    return of(domain, "Accept", Map.of("Accept", ACCEPT), message);
  }

  static Map<String, Object> substitute(Eip712Domain domain, DealId deal, int leg) {
    return of(domain, "Substitute", Map.of("Substitute", SUBSTITUTE), onLeg(deal, leg));
  }

  static Map<String, Object> dispute(
      Eip712Domain domain, DealId deal, int leg, boolean delivered, Hash32 evidence) {
    Map<String, Object> message = onLeg(deal, leg);
    message.put("delivered", delivered);
    message.put("evidence", evidence.hex());
    return of(domain, "Dispute", Map.of("Dispute", DISPUTE), message);
  }

  static Map<String, Object> settle(
      Eip712Domain domain,
      DealId deal,
      int leg,
      LegState state,
      EvmAddress occupant,
      Division division) {
    Map<String, Object> message = onLeg(deal, leg);
    message.put("state", state.number());
    message.put("occupant", occupant.hex());
    message.put("toPayee", division.toPayee().toString());
    message.put("bondBack", division.bondBack().toString());
    message.put("validBefore", division.validBefore());
    return of(domain, "Settle", Map.of("Settle", SETTLE), message);
  }

  static Map<String, Object> rate(
      Eip712Domain domain, DealId deal, int leg, boolean byClient, int rating) {
    Map<String, Object> message = onLeg(deal, leg);
    message.put("byClient", byClient);
    message.put("rating", rating);
    return of(domain, "Rate", Map.of("Rate", RATE), message);
  }

  private static Map<String, Object> onLeg(DealId deal, int leg) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("dealId", deal.toString());
    message.put("leg", leg);
    return message;
  }

  private static Map<String, Object> of(
      Eip712Domain domain,
      String primaryType,
      Map<String, List<Field>> types,
      Map<String, Object> message) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("EIP712Domain", DOMAIN);
    all.putAll(types);
    Map<String, Object> domainJson = new LinkedHashMap<>();
    domainJson.put("name", domain.name());
    domainJson.put("version", domain.version());
    domainJson.put("chainId", domain.chain().eip155Reference());
    domainJson.put("verifyingContract", domain.verifyingContract().hex());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("types", all);
    json.put("primaryType", primaryType);
    json.put("domain", domainJson);
    json.put("message", message);
    return json;
  }

  private static List<Field> fields(String declaration) {
    List<Field> fields = new ArrayList<>();
    for (String field : declaration.split(",", -1)) {
      String[] parts = field.split(" ", 2);
      fields.add(new Field(parts[1], parts[0]));
    }
    return List.copyOf(fields);
  }
}
