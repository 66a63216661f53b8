package org.earnest.did.webvh;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Approves logs as one of their witnesses (did:webvh 1.0, DID Witnesses). */
public final class WebvhWitness {
  private static final String VERSION = "versionId";
  private static final String PROOF = "proof";
  private final LogSigner signer;
  private final InstantSource clock;

  public WebvhWitness(LogSigner signer, InstantSource clock) {
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * The text of {@code did-witness.json} with this witness' word for the log as it is. The word for
   * a version is one for all before it, so an earlier word of this witness is left out. A word for
   * another log of the DID is told: who had it then has a right to hear that the log forked.
   *
   * @param before the file as it was, where there is one
   * @throws IllegalArgumentException for a log that does not hold, whose witness this key is not,
   *     or a file that is none, or where this witness approved what the log does not have
   */
  public String approve(String log, Optional<String> before) {
    WebvhLog read = WebvhController.read(log, clock);
    WebvhVersion last = read.versions().getLast();
    String key = signer.key().text();
    boolean asked =
        last.witness().keys().contains(key) || last.parameters().witness().keys().contains(key);
    if (!asked) {
      throw new IllegalArgumentException("the log does not ask for this key's word");
    }
    String versionId = last.entry().versionId();
    ArrayNode others =
        before.map(text -> others(text, versions(read))).orElseGet(WebvhWitness::empty);
    ObjectNode approval = entry(others, versionId);
    ObjectNode document = JsonNodeFactory.instance.objectNode().put(VERSION, versionId);
    approval
        .withArray(PROOF)
        .add(WebvhProof.sign(signer, document, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    return others.toPrettyString() + "\n";
  }

  private static ArrayNode empty() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static Set<String> versions(WebvhLog log) {
    return log.versions().stream()
        .map(version -> version.entry().versionId())
        .collect(Collectors.toUnmodifiableSet());
  }

  private ArrayNode others(String text, Set<String> versions) {
    String own = "did:key:" + signer.key() + "#" + signer.key();
    ArrayNode kept = empty();
    try {
      for (JsonNode each : WebvhWitnessProofs.list(text)) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.set(VERSION, each.path(VERSION));
        ArrayNode proofs = entry.putArray(PROOF);
        for (JsonNode proof : each.path(PROOF)) {
          if (!proof.path("verificationMethod").asString("").equals(own)) {
            proofs.add(proof);
          } else if (!versions.contains(each.path(VERSION).asString(""))) {
            throw new IllegalArgumentException(
                "this witness approved a version that the log does not have");
          }
        }
        if (!proofs.isEmpty()) {
          kept.add(entry);
        }
      }
    } catch (InvalidLogException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
    return kept;
  }

  private static ObjectNode entry(ArrayNode list, String versionId) {
    for (JsonNode each : list) {
      if (each.path(VERSION).asString("").equals(versionId)) {
        return (ObjectNode) each;
      }
    }
    return list.addObject().put(VERSION, versionId);
  }
}
