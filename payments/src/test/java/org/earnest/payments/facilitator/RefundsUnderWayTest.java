package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.junit.jupiter.api.Test;

class RefundsUnderWayTest {
  private static final EvmAddress HUB = LocalSigner.random().address();
  private static final Hash32 NAME = Hash32.of(new byte[Hash32.BYTES]);
  private static final SubmissionRequest FIRST = new SubmissionRequest("first", HUB, "0x01");
  private static final SubmissionRequest SECOND = new SubmissionRequest("second", HUB, "0x02");
  private static final SubmissionOutcome WAITS = new SubmissionOutcome.Unknown(Optional.empty());
  private static final SubmissionOutcome UNSENT =
      new SubmissionOutcome.Rejected("fee_cap_exceeded", "the chain asks for too much");

  /** Sends what is asked about again, as the journal's submitter does what was not sent. */
  private static final class Sender implements TransactionSubmitter {
    private final Map<String, SubmissionOutcome> outcomes = new HashMap<>();
    private final List<SubmissionRequest> asked = new ArrayList<>();

    @Override
    public EvmAddress sender() {
      return HUB;
    }

    @Override
    public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
      asked.add(request);
      return outcomes.getOrDefault(request.key(), WAITS);
    }

    @Override
    public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
      return Optional.of(submit(request, patience));
    }
  }

  private final Sender sender = new Sender();
  private final ChannelSending sending =
      new ChannelSending(
          sender,
          new Quotas(
              new FacilitatorLimits(1, 1, Duration.ofHours(1), BigInteger.ONE, Duration.ofHours(1)),
              InstantSource.system()),
          "eip155:31337");
  private final RefundsUnderWay refunds = new RefundsUnderWay(sending);

  private Optional<SubmissionOutcome> send(SubmissionRequest way) {
    return refunds.send(NAME, way, () -> sending.submit(way, Duration.ZERO));
  }

  @Test
  void oneThatMayBeSentHoldsUpTheOthers() {
    assertThat(send(FIRST)).contains(WAITS);

    assertThat(send(SECOND)).isEmpty();
    assertThat(send(FIRST)).contains(WAITS);
  }

  @Test
  void oneThatWasNotSentIsNotSentByAnother() {
    sender.outcomes.put(FIRST.key(), UNSENT);
    assertThat(send(FIRST)).contains(UNSENT);
    sender.outcomes.remove(FIRST.key());

    assertThat(send(SECOND)).contains(WAITS);
    assertThat(sender.asked).containsExactly(FIRST, SECOND);
  }

  @Test
  void norIsOneThatWasFoundNotToBeSent() {
    assertThat(send(FIRST)).contains(WAITS);
    sender.outcomes.put(FIRST.key(), UNSENT);
    assertThat(refunds.find(NAME, FIRST, Duration.ZERO)).contains(UNSENT);
    sender.outcomes.remove(FIRST.key());

    assertThat(send(SECOND)).contains(WAITS);
    assertThat(sender.asked).containsExactly(FIRST, FIRST, SECOND);
  }
}
