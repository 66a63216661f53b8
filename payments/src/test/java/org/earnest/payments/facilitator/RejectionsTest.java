package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.testing.Payments;
import org.junit.jupiter.api.Test;

/** Whose transaction was in vain is told to sign anew only if nothing else used the payment. */
class RejectionsTest {
  private static final Hash32 OURS = Payments.seed("our transaction");
  private static final Settlement SETTLEMENT =
      Settlement.of(new VerifiedPayment(Payments.read(Payments.good("a"))), 0);

  private static final int DEPTH = 12;

  /** Further than is searched from the beginning. */
  private static final long FAR = 150_000;

  @Test
  void aUseThatNoLogTellsOfIsNoReasonToSignAnew() {
    for (long head : new long[] {100, 100 + DEPTH}) {
      Settlement after = after(new UsedAuthorizationChain(head, 100, false), Optional.of(OURS));

      assertThat(after.reason()).contains(Reason.NONCE_ALREADY_USED.code());
      assertThat(after.isFinal()).isFalse();
    }
  }

  @Test
  void whatNothingUsedFailedByItsTransaction() {
    Settlement after = after(new UsedAuthorizationChain(100, 101, false), Optional.of(OURS));

    assertThat(after.reason()).contains(Reason.TRANSACTION_FAILED.code());
  }

  @Test
  void aTransferInTheNewestBlocksIsFoundHoweverLongAgoTheSearchBegins() {
    Settlement after = after(new UsedAuthorizationChain(FAR, FAR - 10, true), Optional.empty());

    assertThat(after.state()).isEqualTo(SettlementState.SETTLED);
  }

  @Test
  void whatWasUsedSinceItWasVerifiedIsFoundOnAChainOfShortBlocks() {
    for (long head : new long[] {50, 1_000}) {
      long used = Math.max(1, head - VerifiedLately.KEPT.toSeconds() + 1);
      UsedAuthorizationChain chain = new UsedAuthorizationChain(head, used, true);
      Rejections rejections = new Rejections(chain, last(chain));
      Settlement begun =
          Settlement.of(
              new VerifiedPayment(Payments.read(Payments.good("a"))),
              rejections.blockOfAge(VerifiedLately.KEPT));

      assertThat(begun.begunIn()).isLessThanOrEqualTo(used);
      assertThat(rejections.unmined(begun).state()).isEqualTo(SettlementState.SETTLED);
    }
  }

  private static FinalBlock last(UsedAuthorizationChain chain) {
    return new FinalBlock(chain, new Finality.Depth(DEPTH));
  }

  private static Settlement after(UsedAuthorizationChain chain, Optional<Hash32> mined) {
    return new Rejections(chain, last(chain))
        .after(
            SETTLEMENT,
            new SubmissionOutcome.Rejected(
                "reverted", "in vain", mined, mined.map(hash -> Inclusion.INCLUDED)));
  }
}
