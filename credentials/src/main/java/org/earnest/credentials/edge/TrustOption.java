package org.earnest.credentials.edge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.TrustedIssuers;
import org.earnest.credentials.TrustedIssuers.Standing;
import org.earnest.credentials.TrustedIssuers.Trust;
import org.earnest.kit.http.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whom the caller believes: the option {@code trustedIssuers}, an object of DIDs. */
final class TrustOption {
  static final String NAME = "trustedIssuers";

  private static final int MAX_ISSUERS = 100;
  private static final Set<String> MEMBERS = Set.of("types", "standing");
  private static final Set<String> STANDING =
      Set.of("agent", "asset", "averageAtLeast", "ratedAtLeast");

  private TrustOption() {}

  /**
   * The verifier that believes those alone; the same one where the option is absent.
   *
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request}
   */
  static CredentialVerifier applied(VcApiRequest request, CredentialVerifier verifier) {
    JsonNode option = request.options().path(NAME);
    if (option.isMissingNode()) {
      return verifier;
    }
    try {
      return verifier.believing(new TrustedIssuers(issuers(option), verifier.reputation()));
    } catch (IllegalArgumentException malformed) {
      throw Problem.invalidRequest("options.%s: %s".formatted(NAME, malformed.getMessage()))
          .asException();
    }
  }

  private static Map<Did, Trust> issuers(JsonNode option) {
    if (!(option instanceof ObjectNode named) || named.isEmpty() || named.size() > MAX_ISSUERS) {
      throw new IllegalArgumentException(
          "an object with 1 to %d DIDs is expected".formatted(MAX_ISSUERS));
    }
    Map<Did, Trust> issuers = new HashMap<>();
    named
        .properties()
        .forEach(entry -> issuers.put(new Did(entry.getKey()), trust(entry.getValue())));
    return issuers;
  }

  private static Trust trust(JsonNode node) {
    ObjectNode json = object(node, MEMBERS);
    return new Trust(
        types(json.path("types")), Optional.ofNullable(json.get("standing")).map(TrustOption::of));
  }

  private static Set<String> types(JsonNode array) {
    Set<String> types = new HashSet<>();
    for (JsonNode type : array) {
      types.add(type.asString(""));
    }
    if (!array.isMissingNode() && (!array.isArray() || types.isEmpty() || types.contains(""))) {
      throw new IllegalArgumentException("types must be an array of names");
    }
    return types;
  }

  private static Standing of(JsonNode node) {
    ObjectNode json = object(node, STANDING);
    JsonNode average = json.path("averageAtLeast");
    JsonNode rated = json.path("ratedAtLeast");
    if (!average.isInt() || !rated.isIntegralNumber() || !rated.canConvertToLong()) {
      throw new IllegalArgumentException("averageAtLeast and ratedAtLeast must be integers");
    }
    return new Standing(
        AgentId.parse(json.path("agent").asString("")),
        Caip19AssetId.parse(json.path("asset").asString("")),
        average.intValue(),
        rated.longValue());
  }

  private static ObjectNode object(JsonNode node, Set<String> known) {
    if (node instanceof ObjectNode json && known.containsAll(json.propertyNames())) {
      return json;
    }
    throw new IllegalArgumentException("an object with " + known + " is expected");
  }
}
