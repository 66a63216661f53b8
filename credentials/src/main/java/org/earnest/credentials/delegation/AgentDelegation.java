package org.earnest.credentials.delegation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.identity.Did;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.model.DateTimeStamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One link: its issuer lets a delegate act within a mandate.
 *
 * @param delegate the credential's subject
 * @param account with which the delegate acts on chain; what it spends is counted there
 * @param parent the digest of the delegation that the issuer acts under; empty for a principal
 */
public record AgentDelegation(
    Did delegate, Caip10AccountId account, Mandate mandate, Optional<ParentDigest> parent) {
  public static final String TYPE = "AgentDelegationCredential";
  private static final String DIGITS = "0|[1-9][0-9]{0,38}";

  public AgentDelegation {
    if (!account.chain().equals(mandate.limit().asset().chain())) {
      throw new IllegalArgumentException("the account and the asset must be of one chain");
    }
  }

  /** The credential to be issued, whose issuer the issuer writes in. */
  public ObjectNode credential() {
    ObjectNode json = AgentContext.credential(TYPE, mandate.validFrom(), mandate.validUntil());
    ObjectNode about = json.putObject("credentialSubject").put("id", delegate.value());
    about.put("account", account.toString());
    ArrayNode actions = about.putArray("action");
    mandate.actions().stream().sorted().forEach(actions::add);
    SpendLimit limit = mandate.limit();
    about.put("asset", limit.asset().toString());
    about.put("perDeal", limit.perDeal().toString());
    about.put("perDay", limit.perDay().toString());
    about.put("furtherLinks", mandate.furtherLinks());
    parent.ifPresent(digest -> about.put("parent", digest.multibase()));
    return json;
  }

  /**
   * What a verified credential says; empty where it is not of this type or not well-formed, or
   * where its holder may have kept something back: one without its parent would be a principal's.
   */
  public static Optional<AgentDelegation> of(VerifiedCredential verified) {
    if (verified.isSelective() || !AgentContext.defines(TYPE, verified)) {
      return Optional.empty();
    }
    ObjectNode json = verified.json();
    JsonNode about = json.path("credentialSubject");
    try {
      return Optional.of(
          new AgentDelegation(
              new Did(text(about, "id")),
              Caip10AccountId.parse(text(about, "account")),
              mandate(json, about),
              Optional.ofNullable(about.get("parent"))
                  .map(digest -> new ParentDigest(digest.asString("")))));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Mandate mandate(ObjectNode json, JsonNode about) {
    Set<String> actions = new LinkedHashSet<>();
    about.path("action").valueStream().forEach(action -> actions.add(action.asString("")));
    SpendLimit limit =
        new SpendLimit(
            Caip19AssetId.parse(text(about, "asset")),
            units(text(about, "perDeal")),
            units(text(about, "perDay")));
    return new Mandate(
        actions,
        limit,
        links(about.path("furtherLinks")),
        instant(text(json, "validFrom")),
        instant(text(json, "validUntil")));
  }

  private static int links(JsonNode number) {
    if (!number.isInt()) {
      throw new IllegalArgumentException("furtherLinks must be an integer");
    }
    return number.intValue();
  }

  private static Instant instant(String text) {
    return DateTimeStamp.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("a delegation begins and ends"));
  }

  private static String text(JsonNode object, String name) {
    return object.path(name).asString("");
  }

  private static BigInteger units(String text) {
    if (!text.matches(DIGITS)) {
      throw new IllegalArgumentException("an amount in atomic units expected");
    }
    return new BigInteger(text);
  }
}
