package org.earnest.credentials;

import java.util.List;
import org.earnest.credentials.model.CredentialRefusal;

/** What the verification of an SD-JWT VC came to, with every check that was made, in order. */
public sealed interface SdJwtOutcome {
  List<VerificationCheck> checks();

  /** Every check passed. */
  record Verified(VerifiedSdJwt credential, List<VerificationCheck> checks)
      implements SdJwtOutcome {
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
      implements SdJwtOutcome {
    public Refused {
      checks = List.copyOf(checks);
    }
  }
}
