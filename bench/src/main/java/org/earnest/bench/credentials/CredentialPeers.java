package org.earnest.bench.credentials;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.bench.cpu.PeerProgram;
import org.earnest.bench.peer.MavenFolder;
import org.earnest.bench.peer.NpmFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whom ours is measured beside, and where they are installed.
 *
 * @param npm the folder of npm's libraries
 * @param nimbus the folder of nimbus with Tink
 * @param maven the program that fetches these, as a path or a name on the path
 */
public record CredentialPeers(Path npm, Path nimbus, String maven) {
  private static final int CREDENTIALS = 20;
  private static final List<String> ALGORITHMS = List.of("EdDSA", "ES256");
  private static final Map<String, String> NIMBUS_FILES =
      Map.of("nimbus/pom.xml", "pom.xml", "nimbus/Measure.java", "Measure.java");

  /**
   * Installs them where they are not yet.
   *
   * @param ours who issues what they verify
   * @param state where the questions are written
   * @throws org.earnest.kit.process.StartupException {@code peer_missing}
   */
  List<PeerProgram> install(OurCredentials ours, Path state) {
    NpmFolder.install("npm's credential libraries", npm, CredentialPeers.class, "measure.mjs");
    MavenFolder.install("nimbus with Tink", nimbus, maven, CredentialPeers.class, NIMBUS_FILES);
    List<ObjectNode> unsecured =
        IntStream.range(0, CREDENTIALS).mapToObj(OurCredentials::unsecured).toList();
    return List.of(
        PeerProgram.node(npm, state, npmQuestions(ours, unsecured)),
        PeerProgram.java(
            nimbus, MavenFolder.CLASS_PATH, state, nimbusQuestions(ALGORITHMS, unsecured)));
  }

  private static Map<String, Object> npmQuestions(OurCredentials ours, List<ObjectNode> unsecured) {
    List<Map<String, Object>> questions = new ArrayList<>();
    CredentialBench.SUITES.forEach(
        (suite, key) -> {
          List<JsonNode> issued =
              ours.issued(suite, key, CREDENTIALS).stream()
                  .map(bytes -> JsonMapper.shared().readTree(bytes))
                  .toList();
          questions.add(question(suite + " issue", suite, false, unsecured));
          questions.add(question(suite + " verify", suite, true, issued));
        });
    questions.add(question("vc+jwt EdDSA issue", "jwt", false, unsecured));
    questions.add(question("vc+jwt EdDSA verify", "jwt", true, unsecured));
    return Map.of(
        "questions", questions,
        "contexts", OurCredentials.contexts(),
        "subject", unsecured.getFirst().get("credentialSubject"));
  }

  /** It signs for itself what it verifies. */
  static Map<String, Object> nimbusQuestions(List<String> algorithms, List<ObjectNode> unsecured) {
    return Map.of(
        "questions",
        algorithms.stream()
            .flatMap(
                algorithm ->
                    Stream.of(
                        question("vc+jwt " + algorithm + " issue", algorithm, false, unsecured),
                        question("vc+jwt " + algorithm + " verify", algorithm, true, unsecured)))
            .toList());
  }

  private static Map<String, Object> question(
      String name, String suite, boolean verify, List<? extends JsonNode> credentials) {
    return Map.of("question", name, "suite", suite, "verify", verify, "credentials", credentials);
  }
}
