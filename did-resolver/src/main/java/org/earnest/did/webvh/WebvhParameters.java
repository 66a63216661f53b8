package org.earnest.did.webvh;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters in force after an entry (did:webvh 1.0, DID Method Parameters).
 *
 * @param ttl seconds for which a resolved document may be remembered
 */
record WebvhParameters(
    String scid,
    Set<String> updateKeys,
    Set<String> nextKeyHashes,
    WebvhWitnessList witness,
    boolean portable,
    boolean deactivated,
    long ttl) {
  static final String METHOD = "did:webvh:1.0";
  static final int MAX_KEYS = 100;
  private static final long DEFAULT_TTL = 3_600;
  private static final long MAX_TTL = 1L << 31;
  private static final Set<String> KNOWN =
      Set.of(
          "method",
          "scid",
          "updateKeys",
          "nextKeyHashes",
          "witness",
          "watchers",
          "portable",
          "deactivated",
          "ttl");

  /** Whether the next entry must keep to keys that were promised. */
  boolean preRotates() {
    return !nextKeyHashes.isEmpty();
  }

  static WebvhParameters first(ObjectNode json) throws InvalidLogException {
    requireKnown(json);
    if (!json.has("method") || !json.path("scid").isString() || !json.has("updateKeys")) {
      throw new InvalidLogException("the first entry has method, scid and updateKeys");
    }
    WebvhParameters defaults =
        new WebvhParameters(
            json.path("scid").stringValue(),
            Set.of(),
            Set.of(),
            WebvhWitnessList.NOBODY,
            false,
            false,
            DEFAULT_TTL);
    return defaults.with(json, flag(json, "portable", false));
  }

  WebvhParameters next(ObjectNode json) throws InvalidLogException {
    requireKnown(json);
    if (json.has("scid")) {
      throw new InvalidLogException("scid stands in the first entry alone");
    }
    boolean wanted = flag(json, "portable", portable);
    if (wanted && !portable) {
      throw new InvalidLogException("portable can be set in the first entry alone");
    }
    if (preRotates() && (!json.has("updateKeys") || !json.has("nextKeyHashes"))) {
      throw new InvalidLogException("under pre-rotation entries have updateKeys and nextKeyHashes");
    }
    return with(json, wanted);
  }

  private WebvhParameters with(ObjectNode json, boolean portableNow) throws InvalidLogException {
    Set<String> keys = texts(json, "updateKeys", updateKeys);
    for (String key : keys) {
      WebvhProof.signingKey(key);
    }
    return new WebvhParameters(
        scid,
        keys,
        texts(json, "nextKeyHashes", nextKeyHashes),
        json.has("witness") ? witness(json.path("witness")) : witness,
        portableNow,
        flag(json, "deactivated", deactivated),
        ttl(json));
  }

  private static WebvhWitnessList witness(JsonNode json) throws InvalidLogException {
    return json.isNull() ? WebvhWitnessList.NOBODY : WebvhWitnessList.read(json);
  }

  private static void requireKnown(ObjectNode json) throws InvalidLogException {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!KNOWN.contains(member.getKey())) {
        throw new InvalidLogException("an entry has a parameter that did:webvh 1.0 does not know");
      }
    }
    if (json.has("method") && !json.path("method").asString("").equals(METHOD)) {
      throw new InvalidLogException("the log is of another version than " + METHOD);
    }
    texts(json, "watchers", Set.of());
  }

  /** Some early logs have null where an empty list is meant. */
  private static Set<String> texts(ObjectNode json, String member, Set<String> before)
      throws InvalidLogException {
    JsonNode list = json.path(member);
    if (list.isMissingNode()) {
      return before;
    }
    Set<String> texts = new LinkedHashSet<>();
    if (list.isNull()) {
      return texts;
    }
    if (!list.isArray() || list.size() > MAX_KEYS) {
      throw new InvalidLogException(member + " is a list of at most " + MAX_KEYS);
    }
    for (JsonNode text : list) {
      if (!text.isString()) {
        throw new InvalidLogException(member + " lists text");
      }
      texts.add(text.stringValue());
    }
    return texts;
  }

  private static boolean flag(ObjectNode json, String member, boolean before)
      throws InvalidLogException {
    JsonNode flag = json.path(member);
    if (flag.isMissingNode() || flag.isNull()) {
      return before;
    }
    if (!flag.isBoolean()) {
      throw new InvalidLogException(member + " is true or false");
    }
    return flag.booleanValue();
  }

  private long ttl(ObjectNode json) throws InvalidLogException {
    JsonNode seconds = json.path("ttl");
    if (seconds.isMissingNode() || seconds.isNull()) {
      return ttl;
    }
    if (!seconds.isIntegralNumber()
        || !seconds.canConvertToLong()
        || seconds.longValue() < 0
        || seconds.longValue() > MAX_TTL) {
      throw new InvalidLogException("ttl is a number of seconds");
    }
    return seconds.longValue();
  }
}
