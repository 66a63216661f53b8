package org.earnest.reputation.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.file.PaymentCheck;
import org.earnest.reputation.file.PaymentVerdict;
import org.junit.jupiter.api.Test;

class VainLooksTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final VainLooks NEARLY = new VainLooks(7, 0);

  @Test
  void aSiteThatWasAwayTakesNoLooksFromATransaction() {
    Note unknown = read(PaymentCheck.TRANSACTION_UNKNOWN);
    assertThat(NEARLY.with(unknown)).isEqualTo(new VainLooks(7, 1));
    assertThat(Reader.next(unknown, NEARLY, NOW)).contains(NOW.plusSeconds(15));
    assertThat(Reader.next(unknown, new VainLooks(0, 7), NOW)).isEmpty();

    Note away = note(FileState.UNAVAILABLE, Optional.empty());
    assertThat(new VainLooks(0, 7).with(away)).isEqualTo(new VainLooks(1, 7));
    assertThat(Reader.next(away, NEARLY, NOW)).isEmpty();
  }

  @Test
  void aChainThatDoesNotAnswerIsAskedForAsLongAsItTakes() {
    Note unanswered = read(PaymentCheck.CHAIN_UNAVAILABLE);
    VainLooks last = new VainLooks(7, 7);
    assertThat(last.with(unanswered)).isEqualTo(last);
    assertThat(Reader.next(unanswered, last, NOW)).isPresent();
  }

  private static Note read(String code) {
    return note(FileState.READ, Optional.of(new PaymentVerdict.Unknown(code, "")));
  }

  private static Note note(FileState state, Optional<PaymentVerdict> payment) {
    return new Note(
        "https://a.example/",
        Hash32.ZERO,
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        payment,
        Optional.empty());
  }
}
