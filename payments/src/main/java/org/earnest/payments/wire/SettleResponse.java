package org.earnest.payments.wire;

import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a settlement.
 *
 * @param errorReason stable code; {@link #PENDING} means "sent, ask again with the same payment"
 * @param transaction its hash, or empty text where there is none
 * @param network CAIP-2, on failure too
 * @param amount atomic units, where the scheme lets it differ from the offer
 * @param rest members that this version does not know
 */
public record SettleResponse(
    boolean success,
    Optional<String> errorReason,
    Optional<String> errorMessage,
    Optional<String> payer,
    String transaction,
    String network,
    Optional<String> amount,
    ObjectNode rest)
    implements WireObject {
  public static final String PENDING = "settlement_pending";

  public SettleResponse {
    rest = rest.deepCopy();
  }

  public static SettleResponse settled(String payer, String transaction, String network) {
    return new SettleResponse(
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.of(payer),
        transaction,
        network,
        Optional.empty(),
        WireJson.object());
  }

  /** The same with what was charged, in atomic units, where that may differ from the offer. */
  public SettleResponse charging(BigInteger atomicUnits) {
    return new SettleResponse(
        success,
        errorReason,
        errorMessage,
        payer,
        transaction,
        network,
        Optional.of(atomicUnits.toString()),
        rest);
  }

  public static SettleResponse failed(
      String reason, String message, Optional<String> payer, String transaction, String network) {
    return new SettleResponse(
        false,
        Optional.of(reason),
        Optional.of(message),
        payer,
        transaction,
        network,
        Optional.empty(),
        WireJson.object());
  }

  /** The same with more members that this version does not know. */
  public SettleResponse with(ObjectNode added) {
    ObjectNode both = rest.deepCopy();
    both.setAll(added);
    return new SettleResponse(
        success, errorReason, errorMessage, payer, transaction, network, amount, both);
  }

  /** True when a transaction was sent and its fate is not known yet. */
  public boolean isPending() {
    return !success && errorReason.filter(PENDING::equals).isPresent();
  }

  /** As version 1 says it; a chain that has no name there keeps its CAIP-2 identifier. */
  public SettleResponse toV1() {
    return new SettleResponse(
        success,
        errorReason,
        errorMessage,
        payer,
        transaction,
        NetworksV1.name(network).orElse(network),
        amount,
        rest);
  }

  public static SettleResponse parse(JsonNode json) {
    Members members = Members.of("SettleResponse", json);
    return new SettleResponse(
        members.flag("success"),
        members.optionalText("errorReason"),
        members.optionalText("errorMessage"),
        members.optionalText("payer"),
        members.optionalText("transaction").orElse(""),
        members.text("network"),
        members.optionalText("amount"),
        members.rest());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("success", success);
    errorReason.ifPresent(text -> json.put("errorReason", text));
    errorMessage.ifPresent(text -> json.put("errorMessage", text));
    payer.ifPresent(text -> json.put("payer", text));
    json.put("transaction", transaction).put("network", network);
    amount.ifPresent(text -> json.put("amount", text));
    return json.setAll(rest);
  }
}
