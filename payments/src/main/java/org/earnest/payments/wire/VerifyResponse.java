package org.earnest.payments.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A facilitator's verdict on a payment. Negative ones come with HTTP 200, too.
 *
 * @param invalidReason stable code
 * @param invalidMessage for a person
 * @param payer as far as known
 * @param rest members that this version does not know
 */
public record VerifyResponse(
    boolean isValid,
    Optional<String> invalidReason,
    Optional<String> invalidMessage,
    Optional<String> payer,
    ObjectNode rest)
    implements WireObject {
  public VerifyResponse {
    rest = rest.deepCopy();
  }

  public static VerifyResponse valid(String payer) {
    return new VerifyResponse(
        true, Optional.empty(), Optional.empty(), Optional.of(payer), WireJson.object());
  }

  public static VerifyResponse invalid(String reason, String message, Optional<String> payer) {
    return new VerifyResponse(
        false, Optional.of(reason), Optional.of(message), payer, WireJson.object());
  }

  public static VerifyResponse parse(JsonNode json) {
    Members members = Members.of("VerifyResponse", json);
    return new VerifyResponse(
        members.flag("isValid"),
        members.optionalText("invalidReason"),
        members.optionalText("invalidMessage"),
        members.optionalText("payer"),
        members.rest());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("isValid", isValid);
    invalidReason.ifPresent(text -> json.put("invalidReason", text));
    invalidMessage.ifPresent(text -> json.put("invalidMessage", text));
    payer.ifPresent(text -> json.put("payer", text));
    return json.setAll(rest);
  }
}
