package org.earnest.cli.credential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.credentials.VerificationCheck;
import org.earnest.credentials.model.CredentialRefusal;

/**
 * What a verification came to.
 *
 * @param refusal empty where every check passed
 * @param shown what was verified; of a refusal, nothing
 */
public record Verdict(List<Check> checks, Optional<Refusal> refusal, Shown shown) {
  public Verdict {
    checks = List.copyOf(checks);
  }

  /**
   * One thing that was looked at.
   *
   * @param stage its name; a house may know further ones
   * @param detail what was found, for a person
   */
  public record Check(String stage, boolean passed, String detail) {
    static Check of(VerificationCheck check) {
      return new Check(name(check.stage()), check.passed(), check.detail());
    }
  }

  /**
   * Why it is not believed.
   *
   * @param code stable; a house may know further ones
   * @param detail what is wrong, for a person
   * @param fix what to do about it
   */
  public record Refusal(String code, String detail, String fix) {}

  /** As documents write a stage. */
  public static String name(VerificationCheck.Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  static Verdict verified(List<VerificationCheck> checks, Shown shown) {
    return new Verdict(checks.stream().map(Check::of).toList(), Optional.empty(), shown);
  }

  static Verdict refused(CredentialRefusal why, String detail, List<VerificationCheck> checks) {
    return new Verdict(
        checks.stream().map(Check::of).toList(),
        Optional.of(new Refusal(why.code(), detail, Remedies.of(why))),
        Shown.NOTHING);
  }

  /**
   * Refuses what none of these said: a presentation of nothing passes every other check.
   *
   * @param trusted all where empty
   */
  public Verdict believing(Set<Did> trusted) {
    if (refusal.isPresent() || trusted.isEmpty() || shown.isSaidBy(trusted)) {
      return this;
    }
    String detail =
        shown.statements().isEmpty()
            ? "it holds no credential, so that nobody who is trusted says anything"
            : "the issuer is none of those that are trusted";
    List<Check> more = new ArrayList<>(checks);
    more.add(new Check(name(VerificationCheck.Stage.POLICY), false, detail));
    CredentialRefusal why = CredentialRefusal.NOT_TRUSTED;
    return new Verdict(
        more, Optional.of(new Refusal(why.code(), detail, Remedies.of(why))), Shown.NOTHING);
  }
}
