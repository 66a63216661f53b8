package org.earnest.did.webvh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.bindings.integrity.CanonicalJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of a log: well-formed, and not verified yet.
 *
 * @param unproved the entry without its proofs
 */
record WebvhEntry(ObjectNode unproved, String versionId, Instant time, List<WebvhProof> proofs) {
  static final int MAX_PROOFS = 10;
  private static final Set<String> MEMBERS =
      Set.of("versionId", "versionTime", "parameters", "state", "proof");
  private static final String PLACEHOLDER = "{SCID}";

  WebvhEntry {
    proofs = List.copyOf(proofs);
  }

  static WebvhEntry read(String line) throws InvalidLogException {
    ObjectNode json;
    try {
      json = CanonicalJson.read(line.getBytes(UTF_8));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidLogException("an entry is not strict JSON: " + malformed.getMessage());
    }
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw new InvalidLogException("an entry has a member that is none of an entry's");
      }
    }
    if (!json.path("parameters").isObject() || !json.path("state").isObject()) {
      throw new InvalidLogException("parameters and state are objects");
    }
    List<WebvhProof> proofs = proofs(json.path("proof"));
    json.remove("proof");
    return new WebvhEntry(json, json.path("versionId").asString(""), time(json), proofs);
  }

  private static List<WebvhProof> proofs(JsonNode list) throws InvalidLogException {
    if (!list.isArray() || list.isEmpty() || list.size() > MAX_PROOFS) {
      throw new InvalidLogException("an entry has 1 to " + MAX_PROOFS + " proofs");
    }
    List<WebvhProof> proofs = new ArrayList<>();
    for (JsonNode proof : list) {
      proofs.add(WebvhProof.read(proof));
    }
    return proofs;
  }

  private static Instant time(ObjectNode json) throws InvalidLogException {
    try {
      String text = json.path("versionTime").asString("");
      if (text.endsWith("Z")) {
        return Instant.parse(text);
      }
    } catch (DateTimeException noTime) {
      // Answered below, as a time of another zone is.
    }
    throw new InvalidLogException("versionTime is a time in UTC");
  }

  ObjectNode parameters() {
    return (ObjectNode) unproved.path("parameters");
  }

  ObjectNode state() {
    return (ObjectNode) unproved.path("state");
  }

  /** The name that an entry with this content has after that predecessor. */
  String nameAfter(String predecessor, int number) {
    ObjectNode hashed = unproved.deepCopy();
    hashed.put("versionId", predecessor);
    return number + "-" + Multihash.of(hashed);
  }

  /** The self-certifying identifier that this content has as a first entry. */
  String scid(String claimed) {
    ObjectNode hashed = unproved.deepCopy();
    hashed.put("versionId", PLACEHOLDER);
    String text = CanonicalJson.write(hashed).replace(claimed, PLACEHOLDER);
    return Multihash.of(CanonicalJson.read(text.getBytes(UTF_8)));
  }
}
