package org.earnest.core.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;

class NumberedAttemptsTest {
  private static final EvmAddress ACCOUNT = new EvmAddress("0x" + "11".repeat(20));

  /** Answers in turn, and remembers what it was asked for. */
  private static final class Scripted implements TransactionSubmitter {
    private final Deque<SubmissionOutcome> answers;
    private final List<String> keys = new ArrayList<>();

    private Scripted(SubmissionOutcome... answers) {
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public EvmAddress sender() {
      return ACCOUNT;
    }

    @Override
    public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
      keys.add(request.key());
      return answers.remove();
    }

    @Override
    public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
      return keys.contains(request.key())
          ? Optional.of(submit(request, patience))
          : Optional.empty();
    }
  }

  private static SubmissionOutcome submit(Scripted submitter) {
    return new NumberedAttempts(3)
        .submit(
            submitter,
            number -> new SubmissionRequest("step:" + number, ACCOUNT, "0x"),
            Duration.ofMinutes(1));
  }

  private static SubmissionOutcome vain(String code, Inclusion inclusion) {
    return new SubmissionOutcome.Rejected(code, "for a test", Hash32.ZERO, inclusion);
  }

  @Test
  void whatCameToNothingForGoodIsSentUnderTheNextKey() {
    SubmissionOutcome pending = new SubmissionOutcome.Pending(Hash32.ZERO);
    Scripted submitter =
        new Scripted(
            vain("nonce_spent", Inclusion.FINAL), vain("expired", Inclusion.FINAL), pending);
    assertThat(submit(submitter)).isEqualTo(pending);
    assertThat(submitter.keys).containsExactly("step:0", "step:1", "step:2");
  }

  @Test
  void whatMayStillHaveAnEffectOrWasNotSentKeepsItsKey() {
    for (SubmissionOutcome outcome :
        List.of(
            vain("reverted", Inclusion.INCLUDED),
            new SubmissionOutcome.Rejected("reverted", "in its rehearsal"),
            new SubmissionOutcome.Unknown(Optional.empty()))) {
      Scripted submitter = new Scripted(outcome);
      assertThat(submit(submitter)).isEqualTo(outcome);
      assertThat(submitter.keys).containsExactly("step:0");
    }
  }

  @Test
  void theLastAttemptsEndIsTold() {
    SubmissionOutcome vain = vain("reverted", Inclusion.FINAL);
    Scripted submitter = new Scripted(vain, vain, vain);
    assertThat(submit(submitter)).isEqualTo(vain);
    assertThat(submitter.keys).hasSize(3);
  }
}
