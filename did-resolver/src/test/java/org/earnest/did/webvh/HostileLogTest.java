package org.earnest.did.webvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.did.webvh.LogWriter.inception;
import static org.earnest.did.webvh.LogWriter.update;

import java.util.Random;
import org.earnest.core.identity.DidResolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each way in which a log has been seen to deceive somebody. */
class HostileLogTest {
  private static final WebvhKey A = new WebvhKey(1);
  private static final WebvhKey B = new WebvhKey(2);
  private static final WebvhKey C = new WebvhKey(3);
  private static final long SEED = 20261121;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final LogWriter log = new LogWriter();

  private static ObjectNode nothing() {
    return JSON.createObjectNode();
  }

  private void assertInvalid(String why) {
    WebvhFixture.of(log).assertInvalid(log.did(), why);
  }

  private void assertInvalidWith(ObjectNode witness, String approvals, String why) {
    ObjectNode first = inception(A);
    first.set("witness", witness);
    log.write(A, first);
    WebvhFixture.of(log).witnessed(approvals).assertInvalid(log.did(), why);
  }

  private ObjectNode proofOf(int index) {
    return (ObjectNode) log.entry(index).path("proof").get(0);
  }

  @Test
  void aScidOfAnotherLog() {
    LogWriter other = new LogWriter().write(B, inception(B));
    log.write(A, inception(A));
    WebvhFixture.of(log).assertInvalid(other.did(), "SCID");
  }

  @Test
  void aScidThatIsNotOfTheFirstEntry() {
    log.write(A, inception(A));
    ((ObjectNode) log.entry(0).path("state")).put("extra", true);
    LogWriter.sign(A, log.entry(0));
    assertInvalid("SCID");
  }

  @Test
  void aSecondScid() {
    log.write(A, inception(A)).write(A, nothing().put("scid", "QmOther"));
    assertInvalid("scid");
  }

  @Test
  void anEntryChangedAfterItWasHashed() {
    log.write(A, inception(A)).write(A, nothing());
    ((ObjectNode) log.entry(1).path("state")).put("extra", true);
    LogWriter.sign(A, log.entry(1));
    assertInvalid("versionId");
  }

  @Test
  void anEntryLeftOutOrNumberedTwice() {
    log.write(A, inception(A)).write(A, nothing()).write(A, nothing());
    String[] lines = log.text().split("\n", -1);
    for (String text :
        new String[] {
          lines[0] + "\n" + lines[2], lines[0] + "\n" + lines[1] + "\n" + lines[1], lines[1]
        }) {
      new WebvhFixture().publish(".well-known/did.jsonl", text).assertInvalid(log.did(), "");
    }
  }

  @Test
  void aKeyThatMayNotSign() {
    log.write(A, inception(A)).write(B, update(B));
    assertInvalid("by a key that may not");
  }

  @Test
  void aKeyThatWasReplaced() {
    log.write(A, inception(A)).write(A, update(B)).write(A, nothing());
    assertInvalid("by a key that may not");
  }

  @Test
  void aSignatureThatDoesNotHold() {
    log.write(A, inception(A));
    proofOf(0).put("created", "2026-01-02T00:00:00Z");
    assertInvalid("signature");
  }

  @Test
  void anotherCryptosuiteTypeOrPurpose() {
    for (String member : new String[] {"cryptosuite", "type", "proofPurpose"}) {
      LogWriter other = new LogWriter().write(A, inception(A));
      ((ObjectNode) other.entry(0).path("proof").get(0)).put(member, "eddsa-rdfc-2022");
      WebvhFixture.of(other).assertInvalid(other.did(), member);
    }
  }

  @Test
  void aDidKeyWhoseFragmentIsAnotherKey() {
    log.write(A, inception(A));
    proofOf(0).put("verificationMethod", B.did() + "#" + A.text());
    assertInvalid("verificationMethod");
  }

  @Test
  void noProofOrTooMany() {
    log.write(A, inception(A));
    ArrayNode proofs = (ArrayNode) log.entry(0).path("proof");
    ObjectNode one = proofOf(0);
    for (int i = 0; i < WebvhEntry.MAX_PROOFS; i++) {
      proofs.add(one);
    }
    assertInvalid("proofs");
    proofs.removeAll();
    assertInvalid("proofs");
  }

  @Test
  void keysThatWereNotPromised() {
    ObjectNode first = inception(A);
    first.putArray("nextKeyHashes").add(LogWriter.hash(B));
    ObjectNode second = update(C);
    second.putArray("nextKeyHashes");
    log.write(A, first).write(C, second);
    assertInvalid("promised");
  }

  @Test
  void updateKeysOrPromisesLeftOutUnderPreRotation() {
    ObjectNode first = inception(A);
    first.putArray("nextKeyHashes").add(LogWriter.hash(B));
    log.write(A, first).write(A, nothing());
    assertInvalid("pre-rotation");
    LogWriter other = new LogWriter().write(A, first.deepCopy().put("scid", "{SCID}"));
    other.write(B, update(B));
    WebvhFixture.of(other).assertInvalid(other.did(), "pre-rotation");
  }

  @Test
  void timeThatStandsStillOrLiesAhead() {
    log.write(A, inception(A))
        .write(A, nothing(), entry -> entry.put("versionTime", "2026-01-01T00:00:00Z"));
    assertInvalid("after");
    LogWriter other = new LogWriter();
    other.write(A, inception(A), entry -> entry.put("versionTime", "2026-06-01T00:02:00Z"));
    WebvhFixture.of(other).assertInvalid(other.did(), "future");
    LogWriter zoned = new LogWriter();
    zoned.write(A, inception(A), entry -> entry.put("versionTime", "2026-01-01T00:00:00+01:00"));
    WebvhFixture.of(zoned).assertInvalid(zoned.did(), "UTC");
  }

  @Test
  void anUnknownVersionOfTheMethod() {
    log.write(A, inception(A).put("method", "did:webvh:9.9"));
    assertInvalid("another version");
  }

  @Test
  void aParameterThatNobodyKnows() {
    log.write(A, inception(A).put("backdoor", true));
    assertInvalid("parameter");
  }

  @Test
  void somethingAfterTheEnd() {
    log.write(A, inception(A)).write(A, nothing().put("deactivated", true)).write(A, nothing());
    assertInvalid("deactivation");
  }

  @Test
  void aMoveWithoutLeaveOrTrace() {
    log.write(A, inception(A))
        .write(
            A, nothing(), entry -> ((ObjectNode) entry.path("state")).put("id", log.did() + ":b"));
    assertInvalid("moved");
    LogWriter silent = new LogWriter().write(A, inception(A).put("portable", true));
    silent.write(
        A, nothing(), entry -> ((ObjectNode) entry.path("state")).put("id", silent.did() + ":b"));
    WebvhFixture.of(silent).assertInvalid(silent.did(), "moved");
    LogWriter late = new LogWriter().write(A, inception(A));
    late.write(A, nothing().put("portable", true));
    WebvhFixture.of(late).assertInvalid(late.did(), "portable");
  }

  @Test
  void aLogOfAnotherPlace() {
    log.write(A, inception(A));
    new WebvhFixture()
        .publish("elsewhere/did.jsonl", log.text())
        .assertInvalid(log.did() + ":elsewhere", "another");
  }

  @Test
  void aWitnessThatCountsTwice() {
    assertInvalidWith(LogWriter.witness(2, B, B), "[]", "twice");
  }

  @Test
  void aThresholdOfNobodyOrOfMoreThanThereAre() {
    assertInvalidWith(LogWriter.witness(0, B), "[]", "threshold");
    log.entry(0);
    LogWriter other = new LogWriter();
    ObjectNode first = inception(A);
    first.set("witness", LogWriter.witness(2, B));
    other.write(A, first);
    WebvhFixture.of(other).assertInvalid(other.did(), "threshold");
  }

  @Test
  void approvalsOfAnotherLogOrOfStrangersOrOfTheSameWitness() {
    LogWriter other = new LogWriter().write(C, inception(C));
    ObjectNode first = inception(A);
    first.set("witness", LogWriter.witness(2, B, C));
    log.write(A, first);
    for (String approvals :
        new String[] {
          "[]",
          "[" + other.approval(0, B, C) + "]",
          "[" + log.approval(0, A, B) + "]",
          "[" + log.approval(0, B, B) + "]",
          "[" + log.approval(0, B) + "," + log.approval(0, B) + "]",
        }) {
      WebvhFixture.of(log).witnessed(approvals).assertInvalid(log.did(), "too few witnesses");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "\n", "[]", "{\"versionId\":1}", "\ufeff{}"})
  void whatIsNoLog(String text) {
    log.write(A, inception(A));
    new WebvhFixture().publish(".well-known/did.jsonl", text).assertInvalid(log.did(), "");
  }

  @Test
  void moreEntriesThanAreRead() {
    log.write(A, inception(A));
    new WebvhFixture()
        .publish(".well-known/did.jsonl", log.text() + "{}\n".repeat(WebvhLog.MAX_ENTRIES))
        .assertInvalid(log.did(), "more than");
  }

  @Test
  void noChangeOfABitGoesUnnoticed() {
    log.write(A, inception(A)).write(A, update(B)).write(B, nothing());
    Random random = new Random(SEED);
    String text = log.text();
    for (int i = 0; i < 1_000; i++) {
      int at = random.nextInt(text.length() - 1);
      char changed = (char) (text.charAt(at) ^ (1 << random.nextInt(7)));
      String bent = text.substring(0, at) + changed + text.substring(at + 1);
      assertThat(new WebvhFixture().publish(".well-known/did.jsonl", bent).resolve(log.did()))
          .as("seed %d, change %d at %d", SEED, i, at)
          .isInstanceOf(DidResolution.Refused.class);
    }
  }
}
