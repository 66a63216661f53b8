package org.earnest.cli.credential;

import java.util.List;
import java.util.Optional;
import org.earnest.credentials.VerificationCheck;
import org.earnest.credentials.model.CredentialRefusal;

/**
 * What a verification came to.
 *
 * @param refusal empty where every check passed
 * @param detail what is wrong, for a person
 */
public record Verdict(
    List<VerificationCheck> checks, Optional<CredentialRefusal> refusal, String detail) {
  public Verdict {
    checks = List.copyOf(checks);
  }

  static Verdict verified(List<VerificationCheck> checks) {
    return new Verdict(checks, Optional.empty(), "");
  }

  static Verdict refused(CredentialRefusal why, String detail, List<VerificationCheck> checks) {
    return new Verdict(checks, Optional.of(why), detail);
  }
}
