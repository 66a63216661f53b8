package org.earnest.did.webvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.did.webvh.LogWriter.inception;
import static org.earnest.did.webvh.LogWriter.update;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import org.earnest.testkit.did.DidVectors;
import org.earnest.testkit.did.WebvhKinds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The thirteen valid and sixteen hostile kinds of log that the interoperation suite names, read
 * from testkit's file. The same test writes them: {@code -Dearnest.vectors=write} puts them into
 * the file, and without it the file must be what would be written.
 */
class WebvhKindsTest {
  private static final WebvhKey A = new WebvhKey(1);
  private static final WebvhKey B = new WebvhKey(2);
  private static final WebvhKey C = new WebvhKey(3);
  private static final WebvhKey D = new WebvhKey(4);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String STRANGER = "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE";
  private static final Path KEPT =
      Path.of("../testkit/src/main/resources/org/earnest/testkit/did", WebvhKinds.FILE);

  private final List<Map<String, Object>> valid = new ArrayList<>();
  private final List<Map<String, Object>> hostile = new ArrayList<>();

  static Stream<DidVectors.Log> logs() {
    WebvhKinds kinds = WebvhKinds.read();
    assertThat(kinds.valid()).hasSize(13);
    assertThat(kinds.hostile()).hasSize(16);
    return Stream.concat(kinds.valid().stream(), kinds.hostile().stream());
  }

  @ParameterizedTest
  @MethodSource("logs")
  void isWhatItsNameSays(DidVectors.Log kind) {
    AtomicInteger fetches = new AtomicInteger();
    WebvhDidMethod method =
        new WebvhDidMethod(
            (uri, accept) -> {
              fetches.incrementAndGet();
              return Optional.ofNullable(kind.files().get(uri.toString()))
                  .<Answer>map(text -> new Answer.Received(200, Optional.empty(), text))
                  .orElseGet(() -> new Answer.Received(404, Optional.empty(), ""));
            },
            () -> WebvhFixture.NOW);
    DidResolution answer = method.resolve(new Did(kind.did()), ResolutionOptions.NONE);
    if (kind.error().isPresent()) {
      assertThat(answer)
          .isInstanceOfSatisfying(
              DidResolution.Refused.class,
              refused -> assertThat(refused.error()).isEqualTo(ErrorType.INVALID_DID));
      assertThat(fetches.get() > 0).isEqualTo(!kind.files().isEmpty());
    } else {
      assertThat(answer)
          .isInstanceOfSatisfying(
              DidResolution.Resolved.class,
              resolved -> {
                assertThat(resolved.metadata().versionId()).isEqualTo(kind.versionId());
                assertThat(resolved.metadata().deactivated()).isEqualTo(kind.deactivated());
              });
    }
  }

  @Test
  void theFileIsWhatIsWritten() {
    writeValid();
    writeHostile();
    Map<String, Object> made = Map.of("valid", valid, "hostile", hostile);
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    if ("write".equals(System.getProperty("earnest.vectors"))) {
      Map<String, Object> ordered = new LinkedHashMap<>();
      ordered.put("valid", valid);
      ordered.put("hostile", hostile);
      mapper.writeValue(KEPT.toFile(), ordered);
    }
    assertThat(mapper.readTree(mapper.writeValueAsString(made)))
        .isEqualTo(mapper.readTree(KEPT.toFile()));
  }

  private void writeValid() {
    holds("basic-create", log());
    holds("basic-update", log().write(A, nothing(), named("https://a.example")));
    holds("key-rotation", log().write(A, update(B)).write(B, nothing()));
    holds("pre-rotation", new LogWriter().write(A, promising(inception(A), B)));
    holds(
        "pre-rotation-consume",
        new LogWriter().write(A, promising(inception(A), B)).write(B, promising(update(B), C)));
    ObjectNode end = update();
    end.put("deactivated", true).putArray("updateKeys");
    holds("deactivate", log().write(A, end));
    holds("portable", new LogWriter().write(A, inception(A).put("portable", true)));
    LogWriter moved = new LogWriter().write(A, inception(A).put("portable", true));
    String old = moved.did();
    String there = old.replace(LogWriter.HOST, "elsewhere.example");
    moved.write(
        A,
        nothing(),
        entry -> {
          state(entry).put("id", there);
          state(entry).putArray("alsoKnownAs").add(old);
        });
    add(valid, "portable-move", there, Map.of(at("elsewhere.example", "did.jsonl"), moved.text()));
    of(valid.getLast(), moved);
    LogWriter witnessed = witnessed(2, B, C, D);
    holds("witness-threshold", witnessed, witnessed.approval(0, B, D));
    LogWriter fewer = witnessed(2, B, C);
    fewer.write(A, with("witness", LogWriter.witness(1, B))).write(A, nothing());
    holds("witness-update", fewer, fewer.approval(1, B, C), fewer.approval(2, B));
    holds(
        "multi-update",
        log()
            .write(A, nothing(), named("https://a.example"))
            .write(A, nothing(), named("https://b.example")));
    holds("multiple-update-keys", new LogWriter().write(A, inception(A, B)).write(B, nothing()));
    holds(
        "services",
        new LogWriter()
            .write(A, inception(A), serving("files"))
            .write(A, nothing(), serving("files", "agent")));
  }

  private void writeHostile() {
    LogWriter twice = witnessed(2, B, B);
    fails("duplicate-witness-ids", twice, twice.approval(0, B));
    LogWriter nobody = witnessed(0, B);
    fails("zero-witness-threshold", nobody, nobody.approval(0, B));
    fails(
        "scid-mismatch-genesis", new LogWriter().write(A, inception(A), WebvhKindsTest::ofAnother));
    fails(
        "portable-scid-swap",
        new LogWriter()
            .write(A, inception(A).put("portable", true))
            .write(A, nothing(), WebvhKindsTest::ofAnother));
    fails(
        "pre-rotation-omit-updatekeys",
        new LogWriter().write(A, promising(inception(A), B)).write(A, promising(nothing(), B)));
    LogWriter suite = log();
    proof(suite).put("cryptosuite", "eddsa-rdfc-2022");
    fails("wrong-cryptosuite", suite);
    LogWriter mixed = log();
    proof(mixed).put("verificationMethod", B.did() + "#" + A.text());
    fails("did-key-body-fragment-mismatch", mixed);
    for (String[] name :
        new String[][] {
          {"path-traversal-did", LogWriter.HOST + ":..:..:etc"},
          {"pct-encoded-ip-host", "127%2E0%2E0%2E1"},
          {"pct-encoded-traversal", LogWriter.HOST + ":%2e%2e:etc"},
          {"lowercase-pct-port-ip", "127.0.0.1%3a8080"},
          {"fragment-leaks-into-domain", "agent.example%23.evil.example"},
        }) {
      add(hostile, name[0], "did:webvh:" + STRANGER + ":" + name[1], Map.of());
      hostile.getLast().put("error", ErrorType.INVALID_DID.name());
    }
    fails("versiontime-non-monotonic", log().write(A, nothing(), dated("2025-12-31T23:59:59Z")));
    fails("versiontime-future", log().write(A, nothing(), dated("2027-01-01T00:00:00Z")));
    ObjectNode later = inception(A).put("method", "did:webvh:2.0");
    fails("unknown-method-version", new LogWriter().write(A, later));
    LogWriter own = witnessed(1, B);
    LogWriter other =
        new LogWriter().write(A, with(inception(A), "witness", LogWriter.witness(1, B, C)));
    fails("cross-did-witness-replay", own, other.approval(0, B));
  }

  private static LogWriter log() {
    return new LogWriter().write(A, inception(A));
  }

  private static LogWriter witnessed(int threshold, WebvhKey... witnesses) {
    return new LogWriter()
        .write(A, with(inception(A), "witness", LogWriter.witness(threshold, witnesses)));
  }

  private static ObjectNode nothing() {
    return JSON.createObjectNode();
  }

  private static ObjectNode with(String member, ObjectNode value) {
    return with(nothing(), member, value);
  }

  private static ObjectNode with(ObjectNode json, String member, ObjectNode value) {
    json.set(member, value);
    return json;
  }

  private static ObjectNode promising(ObjectNode parameters, WebvhKey next) {
    parameters.putArray("nextKeyHashes").add(LogWriter.hash(next));
    return parameters;
  }

  private static ObjectNode state(ObjectNode entry) {
    return (ObjectNode) entry.path("state");
  }

  private static ObjectNode proof(LogWriter log) {
    return (ObjectNode) log.entry(0).at("/proof/0");
  }

  private static Consumer<ObjectNode> named(String name) {
    return entry -> state(entry).putArray("alsoKnownAs").add(name);
  }

  private static Consumer<ObjectNode> dated(String time) {
    return entry -> entry.put("versionTime", time);
  }

  private static void ofAnother(ObjectNode entry) {
    state(entry).put("id", "did:webvh:" + STRANGER + ":" + LogWriter.HOST);
  }

  private static Consumer<ObjectNode> serving(String... names) {
    return entry -> {
      for (String name : names) {
        state(entry)
            .withArray("service")
            .addObject()
            .put("id", "#" + name)
            .put("type", "LinkedDomains")
            .put("serviceEndpoint", "https://" + name + ".example");
      }
    };
  }

  private static String at(String host, String file) {
    return "https://" + host + "/.well-known/" + file;
  }

  private void holds(String name, LogWriter log, ObjectNode... approvals) {
    add(valid, name, log.did(), files(log, approvals));
    of(valid.getLast(), log);
  }

  private static void of(Map<String, Object> kind, LogWriter log) {
    String[] lines = log.text().split("\n", -1);
    kind.put("versionId", log.versionId(lines.length - 2));
    kind.put("deactivated", log.text().contains("\"deactivated\":true"));
  }

  private void fails(String name, LogWriter log, ObjectNode... approvals) {
    add(hostile, name, log.did(), files(log, approvals));
    hostile.getLast().put("error", ErrorType.INVALID_DID.name());
  }

  private static Map<String, String> files(LogWriter log, ObjectNode... approvals) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(at(LogWriter.HOST, "did.jsonl"), log.text());
    if (approvals.length > 0) {
      ArrayNode list = JSON.createArrayNode();
      list.addAll(List.of(approvals));
      files.put(at(LogWriter.HOST, "did-witness.json"), list.toString());
    }
    return files;
  }

  private static void add(
      List<Map<String, Object>> kinds, String name, String did, Map<String, String> files) {
    Map<String, Object> kind = new LinkedHashMap<>();
    kind.put("name", name);
    kind.put("did", did);
    kind.put("files", files);
    kinds.add(kind);
  }
}
