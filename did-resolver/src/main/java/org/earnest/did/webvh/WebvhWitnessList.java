package org.earnest.did.webvh;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Who must approve entries.
 *
 * @param threshold how many of them; 0 where nobody must
 * @param keys of the witnesses' did:key
 */
record WebvhWitnessList(int threshold, Set<String> keys) {
  static final WebvhWitnessList NOBODY = new WebvhWitnessList(0, Set.of());

  /** More than anybody asks. */
  static final int MAX_WITNESSES = 50;

  private static final String PREFIX = "did:key:";

  WebvhWitnessList {
    keys = Set.copyOf(keys);
  }

  boolean isNobody() {
    return threshold == 0;
  }

  static WebvhWitnessList read(JsonNode json) throws InvalidLogException {
    if (!json.isObject()) {
      throw new InvalidLogException("witness is an object");
    }
    if (json.isEmpty()) {
      return NOBODY;
    }
    JsonNode list = json.path("witnesses");
    if (!list.isArray() || list.isEmpty() || list.size() > MAX_WITNESSES) {
      throw new InvalidLogException("witnesses are 1 to " + MAX_WITNESSES);
    }
    Set<String> keys = new LinkedHashSet<>();
    for (JsonNode witness : list) {
      String id = witness.path("id").asString("");
      if (!id.startsWith(PREFIX)) {
        throw new InvalidLogException("a witness is a did:key");
      }
      if (!keys.add(WebvhProof.signingKey(id.substring(PREFIX.length())).text())) {
        throw new InvalidLogException("a witness is listed twice");
      }
    }
    JsonNode threshold = json.path("threshold");
    if (!threshold.isIntegralNumber()
        || !threshold.canConvertToInt()
        || threshold.intValue() < 1
        || threshold.intValue() > keys.size()) {
      throw new InvalidLogException("a threshold lies between 1 and the number of witnesses");
    }
    return new WebvhWitnessList(threshold.intValue(), keys);
  }
}
