package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.model.CredentialRefusal;

/** That a credential is refused, and why. */
public final class Refusals {
  private Refusals() {}

  /** By whichever check. */
  public static void assertRefused(VerificationOutcome outcome, CredentialRefusal refusal) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            VerificationOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).as(refused.detail()).isEqualTo(refusal));
  }

  /** By this check, which was the last. */
  public static void assertRefused(
      VerificationOutcome outcome, CredentialRefusal refusal, Stage stage) {
    assertRefused(outcome, refusal);
    VerificationCheck last = ((VerificationOutcome.Refused) outcome).checks().getLast();
    assertThat(last.stage()).isEqualTo(stage);
    assertThat(last.passed()).isFalse();
  }
}
