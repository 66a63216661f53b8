package org.earnest.kit.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.log.Logging;
import org.earnest.testkit.chain.AnvilProcess;
import org.earnest.testkit.submission.InMemorySubmissionJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/** Each transition is one line of JSON in the log, with all that is needed to find it again. */
class TransitionLogIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final EvmAddress HEIR = new EvmAddress("0x" + "e".repeat(40));

  @TempDir Path folder;

  @AfterEach
  void quiet() {
    Logging.plain();
  }

  @Test
  void everyTransitionIsALineOfItsOwn() throws Exception {
    Path log = folder.resolve("earnest.log");
    Logging.start(Level.INFO, log);
    Settled settled;
    SubmissionId id;
    try (AnvilProcess anvil = AnvilProcess.start()) {
      JsonRpc rpc = HttpJsonRpc.to(anvil.url());
      JsonRpcChainReader chain = JsonRpcChainReader.connect(rpc);
      id = SubmissionId.of(chain.chainId(), "gift/1");
      settled =
          (Settled)
              new JournaledTransactionSubmitter(
                      rpc,
                      chain,
                      LocalSigner.of(AnvilProcess.FIRST_PRIVATE_KEY),
                      new InMemorySubmissionJournal(),
                      SubmissionSettings.DEFAULT)
                  .submit(new SubmissionRequest("gift/1", HEIR, "0x", BigInteger.ONE), PATIENCE);
    }

    List<Map<String, String>> lines = transitions(log);
    assertThat(lines)
        .extracting(line -> line.get("from") + " to " + line.get("to"))
        .containsExactly(
            "- to Claimed",
            "Claimed to Prepared",
            "Prepared to Signed",
            "Signed to Broadcast",
            "Broadcast to Mined");
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line)
                  .containsOnlyKeys("submission", "key", "from", "to", "nonce", "transaction")
                  .containsEntry("submission", id.toString())
                  .containsEntry("key", "gift/1");
            });
    assertThat(lines.subList(1, lines.size()))
        .extracting(line -> line.get("nonce"))
        .containsOnly("0");
    assertThat(lines.subList(0, 2)).extracting(line -> line.get("transaction")).containsOnly("-");
    assertThat(lines.subList(2, lines.size()))
        .extracting(line -> line.get("transaction"))
        .containsOnly(settled.receipt().transaction().hex());
  }

  private static List<Map<String, String>> transitions(Path log) throws Exception {
    return Files.readAllLines(log, UTF_8).stream()
        .map(line -> read(line))
        .filter(line -> line.path("formattedMessage").asString("").startsWith("submission "))
        .map(TransitionLogIT::pairs)
        .toList();
  }

  private static JsonNode read(String line) {
    try {
      return StrictJson.readTree(line.getBytes(UTF_8));
    } catch (Exception broken) {
      throw new AssertionError("no JSON: " + line, broken);
    }
  }

  private static Map<String, String> pairs(JsonNode line) {
    Map<String, String> pairs = new HashMap<>();
    line.path("kvpList")
        .forEach(
            pair ->
                pair.properties()
                    .forEach(entry -> pairs.put(entry.getKey(), entry.getValue().asString(""))));
    return pairs;
  }
}
