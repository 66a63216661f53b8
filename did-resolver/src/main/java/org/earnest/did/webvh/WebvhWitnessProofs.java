package org.earnest.did.webvh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.integrity.CanonicalJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The newest version that each witness approved; it approved all before it too. */
final class WebvhWitnessProofs {
  /** Each costs a signature. */
  static final int MAX_PROOFS = 1_000;

  private final Map<String, Integer> approved = new HashMap<>();

  private WebvhWitnessProofs() {}

  /**
   * Reads {@code did-witness.json}. Proofs that do not hold, and those of versions that are not in
   * the log, count for nothing.
   *
   * @throws InvalidLogException when it is no such file
   */
  static WebvhWitnessProofs read(String text, List<WebvhVersion> versions)
      throws InvalidLogException {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < versions.size(); i++) {
      numbers.put(versions.get(i).entry().versionId(), i);
    }
    WebvhWitnessProofs proofs = new WebvhWitnessProofs();
    int judged = 0;
    for (JsonNode entry : list(text)) {
      String versionId = entry.path("versionId").asString("");
      Integer number = numbers.get(versionId);
      if (number != null) {
        for (JsonNode proof : entry.path("proof")) {
          if (++judged > MAX_PROOFS) {
            throw new InvalidLogException("more than " + MAX_PROOFS + " witness proofs");
          }
          proofs.add(proof, versionId, number);
        }
      }
    }
    return proofs;
  }

  /** The strict reader takes objects. */
  static JsonNode list(String text) throws InvalidLogException {
    try {
      JsonNode list = CanonicalJson.read(("{\"list\":" + text + "}").getBytes(UTF_8)).path("list");
      if (list.isArray()) {
        return list;
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below, as another value is.
    }
    throw new InvalidLogException("did-witness.json is not a list in strict JSON");
  }

  private void add(JsonNode json, String versionId, int number) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("versionId", versionId);
    try {
      WebvhProof proof = WebvhProof.read(json);
      if (proof.verifies(document)) {
        approved.merge(proof.key().text(), number, Math::max);
      }
    } catch (InvalidLogException counted) {
      // A proof of another kind approves nothing; others may suffice.
    }
  }

  /** Whether enough of its witnesses approved this version or a later one. */
  boolean suffice(WebvhVersion version, int number) {
    long count =
        version.witness().keys().stream()
            .filter(key -> approved.getOrDefault(key, -1) >= number)
            .count();
    return count >= version.witness().threshold();
  }
}
