package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.earnest.payments.testing.Payments;
import org.earnest.testkit.process.ProcessOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A buyer killed with SIGKILL at each step, then started again: it never pays twice. */
class BuyerKilledIT {
  private static final int SIGKILLED = 128 + 9;
  private static final long SECONDS = 60;

  private final CountDownLatch shown = new CountDownLatch(1);
  private final CountDownLatch killed = new CountDownLatch(1);

  @TempDir Path folder;
  private HostileShop shop;
  private URI quote;

  @BeforeEach
  void open() throws IOException {
    shop = new HostileShop();
    quote = shop.uri("/quote");
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest
  @EnumSource(value = BuyerProcess.Step.class, mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
  void onePaymentForOnePurchase(BuyerProcess.Step step) throws Exception {
    sell(step);

    Process buyer = start(step);
    awaitStop(buyer, step);
    assertThat(buyer.destroyForcibly().waitFor()).isEqualTo(SIGKILLED);
    killed.countDown();
    String end = run();

    assertThat(end).isEqualTo(step == BuyerProcess.Step.REMEMBERED ? "paid_already" : "Paid");
    assertThat(shop.payments()).as("different payments").hasSize(1);
    assertThat(run()).isEqualTo("paid_already");
    assertThat(shop.payments()).hasSize(1);
  }

  /** Each payment that it sees is as good as settled, even if its buyer is dead by then. */
  private void sell(BuyerProcess.Step step) {
    shop.on(
        "/quote",
        (exchange, payment) -> {
          if (payment.isEmpty()) {
            HostileShop.ask(exchange, HostileShop.required(quote, Payments.offer()));
            return;
          }
          shown.countDown();
          if (step == BuyerProcess.Step.SHOWN) {
            await(killed);
          }
          HostileShop.deliver(exchange, "sold");
        });
  }

  private void awaitStop(Process buyer, BuyerProcess.Step step) throws IOException {
    if (step == BuyerProcess.Step.SHOWN) {
      await(shown);
      return;
    }
    assertThat(line(buyer)).isEqualTo(BuyerProcess.STOPPED);
  }

  private String run() throws Exception {
    Process buyer = start(BuyerProcess.Step.NEVER);
    try {
      String end = line(buyer);
      assertThat(buyer.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      return end;
    } finally {
      buyer.destroyForcibly();
    }
  }

  private static String line(Process buyer) throws IOException {
    return ProcessOutput.read(
        buyer, Duration.ofSeconds(SECONDS), output -> String.valueOf(output.readLine()));
  }

  private Process start(BuyerProcess.Step step) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BuyerProcess.class.getName(),
                quote.toString(),
                folder.resolve("journal").toString(),
                step.name()))
        .redirectError(ProcessOutput.errors())
        .start();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("it does not come");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }
}
