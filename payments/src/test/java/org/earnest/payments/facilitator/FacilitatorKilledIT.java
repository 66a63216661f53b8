package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.facilitator.StoppedFacilitator.Step;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A facilitator killed with SIGKILL at each step of a settlement, then asked again. */
class FacilitatorKilledIT extends OnChain {
  private static final int SIGKILLED = 128 + 9;
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);
  private static final List<Step> STEPS =
      Arrays.stream(Step.values()).filter(step -> step != Step.NEVER).toList();

  @TempDir Path folder;

  private final Map<Step, FacilitatorRequest> payments = new EnumMap<>(Step.class);
  private final Map<Step, LocalSigner> relayers = new EnumMap<>(Step.class);

  @Test
  void whateverStepItDiedAtThePaymentIsMadeOnce() throws Exception {
    for (Step step : STEPS) {
      Hash32 key = Payments.seed("relayer " + step + folder);
      relayers.put(step, LocalSigner.of(key.bytes()));
      world.ether(relayer(step).address(), ETHER);
      payments.put(step, buyer.payment(offer));
      Files.writeString(folder.resolve(step + ".key"), key.hex());
      Files.write(folder.resolve(step + ".json"), WireJson.write(payment(step)));
    }

    Process process = start();
    awaitAllStopped(process);
    assertThat(process.destroyForcibly().waitFor()).isEqualTo(SIGKILLED);
    Map<Step, SettleResponse> answers = settledAgain();
    Map<Step, SettleResponse> later = settledAgain();

    assertThat(answers.values()).allMatch(SettleResponse::success);
    assertThat(later).isEqualTo(answers);
    assertThat(spent()).isEqualTo(STEPS.size() * PRICE);
    for (Step step : STEPS) {
      assertThat(world.chain.transactionCount(relayer(step).address(), BlockTag.Named.LATEST))
          .as("transactions of " + step)
          .isEqualTo(BigInteger.ONE);
    }
  }

  private LocalSigner relayer(Step step) {
    return Objects.requireNonNull(relayers.get(step));
  }

  private FacilitatorRequest payment(Step step) {
    return Objects.requireNonNull(payments.get(step));
  }

  private Process start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FacilitatorProcess.class.getName(),
                world.node().toString(),
                world.settings.jdbcUrl(),
                world.settings.user(),
                world.usdc.toString(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(FacilitatorProcess.PASSWORD, world.settings.password());
    return builder.start();
  }

  /** Other lines are the log's. */
  private static void awaitAllStopped(Process process) throws Exception {
    Set<String> awaited = new TreeSet<>(STEPS.stream().map(Step::name).toList());
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      assertThat(line).doesNotContain(" ended: ");
      awaited.remove(line);
      if (awaited.isEmpty()) {
        return;
      }
    }
    throw new AssertionError("it ended before it stopped at " + awaited);
  }

  private Map<Step, SettleResponse> settledAgain() throws Exception {
    Map<Step, SettleResponse> answers = new EnumMap<>(Step.class);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SettleResponse>> asked = new ArrayList<>();
      for (Step step : STEPS) {
        asked.add(threads.submit(() -> Payments.settle(facilitator(step), payment(step))));
      }
      for (Step step : STEPS) {
        answers.put(step, asked.get(STEPS.indexOf(step)).get());
      }
    }
    return answers;
  }

  private EvmFacilitator facilitator(Step step) {
    return StoppedFacilitator.at(
        Step.NEVER,
        world.node(),
        world.database,
        world.usdc,
        relayer(step),
        () -> {
          throw new AssertionError("it is not to stop");
        });
  }
}
