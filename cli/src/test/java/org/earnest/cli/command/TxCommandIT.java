package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.earnest.cli.demo.DemoHosts;
import org.earnest.cli.host.EarnestHost;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.MiningMode;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator at a house whose chain makes no blocks. */
class TxCommandIT {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final EvmAddress HEIR = new EvmAddress("0x" + "e".repeat(40));

  @TempDir Path folder;
  private final Lifecycle run = new Lifecycle();
  private EarnestHost house;
  private TransactionSubmitter stranger;

  @BeforeEach
  void start() throws Exception {
    Path chain = Files.createDirectory(folder.resolve("chain"));
    house = DemoHosts.start(run, folder, () -> DemoHosts.anvil(chain));
    stranger = house.submitter(house.chain().account(Role.STRANGER).signer());
    house.chain().mining(MiningMode.manual());
  }

  @AfterEach
  void stop() {
    run.close();
  }

  private record Answer(int exit, JsonNode json, String said) {
    String code() {
      return json.path("code").asString("");
    }

    JsonNode submission() {
      return json.path("submission");
    }
  }

  private Answer tx(String... words) {
    List<String> line = new ArrayList<>(List.of("tx"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", house.uri().toString(), "--json"));
    return run(line);
  }

  private Answer order(String verb, String id) {
    return tx(verb, id, "--state", folder.resolve("state").toString());
  }

  private static Answer run(List<String> line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = EarnestCommand.run(line.toArray(String[]::new), stream(out), stream(err));
    return new Answer(
        exit,
        JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8)),
        err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static SubmissionRequest gift(String key) {
    return new SubmissionRequest(key, HEIR, "0x", BigInteger.ONE);
  }

  /** Sends something that no block takes. */
  private String stuck(String key) {
    assertThat(stranger.submit(gift(key), SHORT)).isInstanceOf(SubmissionOutcome.Pending.class);
    return SubmissionId.of(house.chain().chainId(), key).toString();
  }

  private BigInteger given() {
    return house.reader().balance(HEIR, BlockTag.Named.LATEST);
  }

  @Test
  void whatIsStuckIsListedAndGivenUp() {
    String id = stuck("gift/1");
    Answer listed = tx("list", "--open", "--signer", stranger.sender().hex());
    assertThat(listed.exit()).isZero();
    assertThat(listed.json().path("submissions").valueStream())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.path("id").asString()).isEqualTo(id);
              assertThat(row.path("key").asString()).isEqualTo("gift/1");
            });
    assertThat(listed.said()).contains("broadcast", id, "gift/1");
    assertThat(tx("show", id).submission().path("state").asString()).isEqualTo("broadcast");

    Answer cancelled = order("cancel", id);
    assertThat(cancelled.exit()).as(cancelled.said()).isZero();
    assertThat(cancelled.submission().at("/transaction/cancels").asBoolean()).isTrue();
    assertThat(cancelled.said()).contains("given up", "./earnest tx show " + id);
    house.chain().mine(1);

    assertThat(stranger.submit(gift("gift/1"), PATIENCE))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Rejected.class,
            rejected -> assertThat(rejected.code()).isEqualTo("expired"));
    Answer shown = tx("show", id);
    assertThat(shown.submission().path("state").asString()).isEqualTo("expired");
    assertThat(shown.submission().path("history").valueStream())
        .extracting(step -> step.path("state").asString())
        .contains("claimed", "signed", "broadcast", "expired");
    assertThat(given()).isZero();
    assertThat(order("cancel", id).code()).isEqualTo("submission_closed");
    assertThat(tx("list", "--in", "expired").json().path("submissions").size()).isEqualTo(1);
  }

  @Test
  void whatTheNodeForgotIsSentAgain() {
    String id = stuck("gift/2");
    String hash = tx("show", id).submission().at("/transaction/hash").asString();
    house.chain().rpc().require("anvil_dropTransaction", hash);

    Answer retried = order("retry", id);
    assertThat(retried.exit()).as(retried.said()).isZero();
    assertThat(retried.submission().at("/transaction/hash").asString()).isEqualTo(hash);
    house.chain().mine(1);
    assertThat(stranger.submit(gift("gift/2"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(given()).isEqualTo(BigInteger.ONE);
  }

  @Test
  void whoHasNoTokenChangesNothing() throws Exception {
    String id = stuck("gift/3");
    Path other = Files.createDirectory(folder.resolve("other"));
    Answer without = tx("cancel", id, "--state", other.toString());
    assertThat(without.exit()).isEqualTo(ExitCode.NOT_OK);
    assertThat(without.code()).isEqualTo("operator_token_missing");

    Files.writeString(other.resolve("operator.token"), "0".repeat(64));
    Answer wrong = tx("cancel", id, "--state", other.toString());
    assertThat(wrong.code()).isEqualTo("operator_token_required");
    assertThat(wrong.said()).contains("--state");
    assertThat(tx("show", id).submission().at("/transaction/cancels").asBoolean()).isFalse();
  }

  @Test
  void whatIsNotThereIsNamed() {
    String unknown = "0x" + "0".repeat(64);
    assertThat(tx("show", unknown).code()).isEqualTo("submission_not_found");
    assertThat(order("retry", unknown).code()).isEqualTo("submission_not_found");
    assertThat(tx("list", "--in", "nonsense").code()).isEqualTo("invalid_request");
    assertThat(tx("list", "--limit", "999").code()).isEqualTo("invalid_request");
    assertThat(tx("list", "--cursor", "x").code()).isEqualTo("invalid_cursor");
    String state = folder.resolve("state").toString();
    assertThat(
            run(List.of(
                    "tx",
                    "cancel",
                    unknown,
                    "--state",
                    state,
                    "--json",
                    "--url",
                    "http://a.example"))
                .code())
        .isEqualTo("url_not_private");
    assertThat(run(List.of("tx", "list", "--json", "--url", "http://127.0.0.1:9")).code())
        .isEqualTo("house_unreachable");
    assertThat(
            run(List.of("tx", "list", "--json", "--url", house.chain().rpcUrl().toString())).code())
        .isEqualTo("not_a_house");
  }
}
