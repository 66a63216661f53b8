package org.earnest.did.webvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.did.webvh.LogWriter.inception;
import static org.earnest.did.webvh.LogWriter.update;

import java.time.Instant;
import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Logs that hold. */
class WebvhDidMethodTest {
  private static final WebvhKey A = new WebvhKey(1);
  private static final WebvhKey B = new WebvhKey(2);
  private static final WebvhKey C = new WebvhKey(3);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final LogWriter log = new LogWriter();

  private DidResolution at(DidVersion version) {
    return WebvhFixture.of(log).method().resolve(new Did(log.did()), ResolutionOptions.of(version));
  }

  private static ObjectNode promising(ObjectNode parameters, WebvhKey... next) {
    parameters.putArray("nextKeyHashes");
    for (WebvhKey key : next) {
      parameters.withArray("nextKeyHashes").add(LogWriter.hash(key));
    }
    return parameters;
  }

  /** The example of the specification (Generate Entry Hash). */
  @Test
  void hashesAsTheSpecificationsExample() {
    ObjectNode entry =
        (ObjectNode)
            JSON.readTree(
                """
                {"versionId": "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE",
                 "versionTime": "2025-04-01T17:39:50Z",
                 "parameters": {"witness": {"threshold": 2, "witnesses": [
                   {"id": "did:key:z6Mkkc51mg2vpQzKWAbWQZupeGYhowaBjYkmvcKMTqteqHB4", "weight": 1},
                   {"id": "did:key:z6MkuDdJdKLCgwZuQuEi9xG6LVgJJ9Tebr74CXPYPSumqgJs", "weight": 1},
                   {"id": "did:key:z6MkoSWmQyp4fTk4ZQy4KUsss9dFX51XfEUzKKKj1J1JUsrF", "weight": 1}
                 ]},
                 "updateKeys": ["z6MkgzBDcBFV3sk4ypPE5YXMZHmS213A3HpYY2LmcVKV15jr"],
                 "nextKeyHashes": ["QmZreDcjvWEpyRFznQeExWNCsvMLk5i59AcRJJuQC8UodJ"],
                 "method": "did:webvh:0.5",
                 "scid": "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE"},
                 "state": {"@context": ["https://www.w3.org/ns/did/v1"],
                  "id":
                    "did:webvh:QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:domain.example"}}
                """);
    assertThat(Multihash.of(entry)).isEqualTo("QmQ6FJ4fk2xheSSQoEjVpTgx9AQPKhJgtR9hn1nr4EeCrZ");
  }

  @Test
  void theNewestVersionIsAnsweredWithItsHistory() {
    log.write(A, inception(A))
        .write(A, update(B))
        .write(B, JSON.createObjectNode(), entry -> key(entry));
    DidResolution.Resolved resolved = WebvhFixture.of(log).resolved(log.did());
    assertThat(resolved.document().id()).hasToString(log.did());
    assertThat(resolved.document().verificationMethods()).hasSize(1);
    assertThat(resolved.metadata().versionId()).hasValue(log.versionId(2));
    assertThat(resolved.metadata().created()).hasValue(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(resolved.metadata().ofMethod()).containsEntry("ttl", "3600").containsKey("scid");
  }

  private static void key(ObjectNode entry) {
    String did = entry.at("/state/id").stringValue();
    ObjectNode state = (ObjectNode) entry.path("state");
    state
        .withArray("verificationMethod")
        .addObject()
        .put("id", did + "#key")
        .put("type", "Multikey")
        .put("controller", did)
        .put("publicKeyMultibase", C.text());
  }

  @Test
  void versionsAreNamedAndTimed() {
    log.write(A, inception(A)).write(A, JSON.createObjectNode());
    assertThat(at(new DidVersion.Id(log.versionId(0))))
        .isInstanceOfSatisfying(
            DidResolution.Resolved.class,
            resolved -> assertThat(resolved.metadata().nextVersionId()).hasValue(log.versionId(1)));
    assertThat(at(new DidVersion.At(Instant.parse("2026-01-01T00:00:00Z"))))
        .isInstanceOfSatisfying(
            DidResolution.Resolved.class,
            resolved -> assertThat(resolved.metadata().versionId()).hasValue(log.versionId(0)));
    for (DidVersion none :
        List.of(new DidVersion.Id("1"), new DidVersion.At(Instant.parse("2025-12-31T23:59:59Z")))) {
      assertThat(at(none))
          .isInstanceOfSatisfying(
              DidResolution.Refused.class,
              refused -> assertThat(refused.error()).isEqualTo(ErrorType.NOT_FOUND));
    }
  }

  @Test
  void anEarlierVersionHoldsAlthoughTheLogGoesWrongAfterIt() {
    log.write(A, inception(A)).write(B, update(B));
    assertThat(at(new DidVersion.Id(log.versionId(0)))).isInstanceOf(DidResolution.Resolved.class);
    WebvhFixture.of(log).assertInvalid(log.did(), "by a key that may not");
  }

  @Test
  void promisedKeysTakeOverAndThePromiseMayEnd() {
    log.write(A, promising(inception(A), B, C))
        .write(B, promising(update(B), C))
        .write(C, promising(update(C)))
        .write(C, update(A))
        .write(A, JSON.createObjectNode());
    WebvhFixture.of(log).resolved(log.did());
  }

  @Test
  void aDeactivatedDidSaysSo() {
    log.write(A, inception(A)).write(A, update().put("deactivated", true));
    assertThat(WebvhFixture.of(log).resolved(log.did()).metadata().deactivated()).isTrue();
  }

  @Test
  void aPortableDidMoves() {
    log.write(A, inception(A).put("portable", true))
        .write(
            A,
            JSON.createObjectNode(),
            entry -> {
              ObjectNode state = (ObjectNode) entry.path("state");
              state.put("id", log.did() + ":moved");
              state.putArray("alsoKnownAs").add(log.did());
            });
    String moved = log.did() + ":moved";
    WebvhFixture web = new WebvhFixture().publish("moved/did.jsonl", log.text());
    assertThat(web.resolved(moved).document().id()).hasToString(moved);
    assertThat(WebvhFixture.of(log).resolved(log.did()).document().id()).hasToString(moved);
  }

  @Test
  void enoughWitnessesApprove() {
    ObjectNode first = inception(A);
    first.set("witness", LogWriter.witness(2, A, B, C));
    log.write(A, first).write(A, JSON.createObjectNode());
    String approvals = "[" + log.approval(1, B, C) + "]";
    WebvhFixture.of(log).witnessed(approvals).resolved(log.did());
    WebvhFixture.of(log)
        .witnessed("[" + log.approval(0, B, C) + "," + log.approval(1, A, C) + "]")
        .resolved(log.did());
  }

  @Test
  void witnessesMayBeGivenUpWithTheirApproval() {
    ObjectNode first = inception(A);
    first.set("witness", LogWriter.witness(1, B));
    ObjectNode none = update();
    none.remove("updateKeys");
    none.putObject("witness");
    log.write(A, first).write(A, none).write(A, JSON.createObjectNode());
    WebvhFixture.of(log).witnessed("[" + log.approval(1, B) + "]").resolved(log.did());
    WebvhFixture.of(log)
        .witnessed("[" + log.approval(0, B) + "]")
        .assertInvalid(log.did(), "too few witnesses");
  }

  @Test
  void whatIsMissingIsNotFound() {
    log.write(A, inception(A));
    assertThat(new WebvhFixture().resolve(log.did()))
        .isInstanceOfSatisfying(
            DidResolution.Refused.class,
            refused -> assertThat(refused.error()).isEqualTo(ErrorType.NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agent.example",
        "Qm:agent.example",
        "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE",
        "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:localhost",
        "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:127.0.0.1",
        "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:%31%32%37.0.0.1",
        "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:agent.example%23.evil.example",
        "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:agent.example:..:a",
        "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:agent.example:%2e%2e:a",
      })
  void whatNamesNoLogIsMalformed(String id) {
    new WebvhFixture().assertInvalid("did:webvh:" + id, "");
  }
}
