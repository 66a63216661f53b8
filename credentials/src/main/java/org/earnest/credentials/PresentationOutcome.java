package org.earnest.credentials;

import java.util.List;
import org.earnest.credentials.model.CredentialRefusal;

/** What the verification of a presentation came to, with every check that was made, in order. */
public sealed interface PresentationOutcome {
  List<VerificationCheck> checks();

  /** Every check passed. */
  record Verified(VerifiedPresentation presentation, List<VerificationCheck> checks)
      implements PresentationOutcome {
    public Verified {
      checks = List.copyOf(checks);
    }
  }

  /**
   * The last check failed, and no later one was made.
   *
   * @param detail what is wrong, for a person
   */
  record Refused(CredentialRefusal refusal, String detail, List<VerificationCheck> checks)
      implements PresentationOutcome {
    public Refused {
      checks = List.copyOf(checks);
    }
  }
}
