package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.payments.testing.Payments.NOW;
import static org.earnest.payments.testing.Payments.SELLER;
import static org.earnest.payments.testing.Payments.USDC;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.GoldenVectors;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.X402Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again, whatever a crash leaves behind. */
class PaymentJournalTest {
  private static final long SEED = 3009;
  private static final int DAMAGES = 40;
  private static final URI SHOP = URI.create("https://seller.example/quote");

  @TempDir Path folder;

  @Test
  void whatWasSignedIsShownAgainToTheByte() {
    SignedPayment payment = payment();
    try (PaymentJournal journal = open()) {
      journal.signed(spending("a", NOW), payment);
    }
    try (PaymentJournal journal = open()) {
      OpenPayment again = journal.open(purchase("a")).orElseThrow();
      assertThat(again.payment().header()).isEqualTo(payment.header());
      assertThat(again.spending()).isEqualTo(spending("a", NOW));
      assertThat(journal.open(purchase("b"))).isEmpty();
    }
  }

  @Test
  void whatWasServedIsRememberedAndNoLongerOpen() {
    try (PaymentJournal journal = open()) {
      journal.signed(spending("a", NOW), payment());
      journal.settled(id("a"), NOW.plusSeconds(1), ReceiptStanding.FORGED);
    }
    try (PaymentJournal journal = open()) {
      assertThat(journal.open(purchase("a"))).isEmpty();
      assertThat(journal.served(purchase("a"))).contains(NOW.plusSeconds(1));
    }
  }

  @Test
  void whatWasSignedCountsForADay() {
    try (PaymentJournal journal = open()) {
      journal.signed(spending("a", NOW), payment());
      journal.expired(id("a"));
    }
    try (PaymentJournal journal = open()) {
      assertThat(spent(journal, NOW.plus(Duration.ofHours(23)))).isEqualTo(1_000);
      assertThat(spent(journal, NOW.plus(Duration.ofHours(25)))).isZero();
    }
  }

  @Test
  void aLineThatACrashCutShortIsCutOff() throws IOException {
    try (PaymentJournal journal = open()) {
      journal.signed(spending("a", NOW), payment());
      journal.signed(spending("b", NOW), payment());
    }
    byte[] whole = Files.readAllBytes(file());
    int first = indexOf(whole, (byte) '\n') + 1;
    Random random = new Random(SEED);
    for (int damage = 0; damage < DAMAGES; damage++) {
      int length = first + random.nextInt(whole.length - first);
      Files.write(file(), Arrays.copyOf(whole, length));
      try (PaymentJournal journal = open()) {
        assertThat(journal.open(purchase("a"))).as("seed %d, length %d", SEED, length).isPresent();
        assertThat(journal.open(purchase("b"))).isEmpty();
        journal.signed(spending("c", NOW), payment());
      }
      try (PaymentJournal journal = open()) {
        assertThat(journal.open(purchase("c"))).isPresent();
      }
    }
  }

  @Test
  void zerosAtTheEndAreCutOff() throws IOException {
    try (PaymentJournal journal = open()) {
      journal.signed(spending("a", NOW), payment());
    }
    Files.write(file(), new byte[5000], StandardOpenOption.APPEND);

    try (PaymentJournal journal = open()) {
      assertThat(journal.open(purchase("a"))).isPresent();
    }
    assertThat(Files.readAllBytes(file())).doesNotContain(0);
  }

  @Test
  void aLineThatWasChangedIsNamed() throws IOException {
    try (PaymentJournal journal = open()) {
      journal.signed(spending("a", NOW), payment());
      journal.signed(spending("b", NOW), payment());
    }
    Files.writeString(file(), Files.readString(file()).replaceFirst("\"1000\"", "\"9000\""));

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            PaymentJournalException.class,
            damaged -> {
              assertThat(damaged.code()).isEqualTo("journal_damaged");
              assertThat(damaged).hasMessageContaining("line 1");
            });
    Files.delete(file());
    open().close();
  }

  @Test
  void aSecondBuyerIsKeptOff() {
    try (PaymentJournal first = open()) {
      assertThat(first.open(purchase("a"))).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              PaymentJournalException.class,
              refused -> assertThat(refused.code()).isEqualTo("journal_in_use"));
    }
    open().close();
  }

  @Test
  void whatIsPastIsLeftOutWhenItGrowsLong() throws IOException {
    try (PaymentJournal journal = open()) {
      Instant time = NOW;
      for (int index = 0; Files.notExists(file(".1")); index++) {
        String name = "payment " + index;
        time = time.plus(Duration.ofMinutes(20));
        journal.choose(purchase(name), time, spent -> new Choice.Decline("", ""));
        journal.signed(spending(name, time), payment());
        journal.settled(id(name), time, ReceiptStanding.ABSENT);
      }
      journal.signed(spending("open", time), payment());
    }
    assertThat(Files.size(file())).isLessThan(JournalFile.LONG / 4);
    assertThat(Files.size(file(".1"))).isGreaterThan(JournalFile.LONG);
    try (PaymentJournal journal = open()) {
      assertThat(journal.open(purchase("open"))).isPresent();
      assertThat(journal.served(purchase("payment 0"))).isEmpty();
    }
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> PaymentJournal.open(blocked.resolve("journal")))
        .isInstanceOfSatisfying(
            PaymentJournalException.class,
            refused -> assertThat(refused.code()).isEqualTo("journal_unavailable"));
  }

  @Test
  void whatIsHeldCountsUntilItIsReleased() {
    try (PaymentJournal journal = PaymentJournal.inMemory()) {
      Choice pay = new Choice.Pay(Payments.offer().toWire(), Payments.offer(), Optional.empty());
      assertThat(journal.choose(purchase("a"), NOW, spent -> pay)).isEqualTo(pay);
      assertThat(spent(journal, NOW)).isEqualTo(1_000);
      journal.release(purchase("a"));
      assertThat(spent(journal, NOW)).isZero();
    }
  }

  private static BigInteger spent(PaymentJournal journal, Instant now) {
    BigInteger[] sum = new BigInteger[1];
    Choice none =
        journal.choose(
            purchase("nothing"),
            now,
            spent -> {
              sum[0] = spent.inAll(USDC);
              assertThat(spent.at(Origins.of(SHOP), USDC)).isEqualTo(sum[0]);
              return new Choice.Decline("", "");
            });
    assertThat(none).isInstanceOf(Choice.Decline.class);
    return sum[0];
  }

  private PaymentJournal open() {
    return PaymentJournal.open(file());
  }

  private Path file() {
    return file("");
  }

  private Path file(String suffix) {
    return folder.resolve("journal" + suffix);
  }

  private static Purchase purchase(String name) {
    return new Purchase(
        Payments.seed("purchase " + name), Payments.seed("route"), Origins.of(SHOP), SHOP);
  }

  private static Spending spending(String name, Instant at) {
    return new Spending(
        id(name),
        purchase(name).id(),
        purchase(name).route(),
        purchase(name).origin(),
        TokenAmount.of(USDC, 1_000),
        SELLER,
        at,
        at.plusSeconds(60));
  }

  private static Hash32 id(String name) {
    return Payments.seed("id " + name);
  }

  private static SignedPayment payment() {
    return new SignedPayment(
        X402Version.V2,
        PaymentHeaders.decode(GoldenVectors.header("payment"), PaymentPayload::parse));
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    int at = 0;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
