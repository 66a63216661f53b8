package org.earnest.cli.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.Shown;
import org.earnest.cli.credential.Verdict;
import org.earnest.credentials.VerificationCheck.Stage;

/** Tells a verdict, check by check. */
final class VerdictReport {
  private VerdictReport() {}

  static void say(Verdict verdict, Console console) {
    verdict.checks().forEach(check -> console.say(line(check)));
    verdict
        .refusal()
        .ifPresentOrElse(
            refusal -> {
              List<String> unmade = unmade(verdict);
              if (!unmade.isEmpty()) {
                console.say("not looked at: " + String.join(", ", unmade));
              }
              console.say("NOT verified: %s [%s]".formatted(refusal.detail(), refusal.code()));
              console.say(refusal.fix() + ".");
            },
            () -> {
              verdict.shown().statements().forEach(one -> console.say(line(one)));
              verdict.shown().holder().ifPresent(holder -> console.say("shown by " + holder));
              console.say(
                  verdict.shown().statements().isEmpty()
                      ? "Verified; it holds no credential."
                      : "Verified.");
            });
  }

  private static String line(Verdict.Check check) {
    return "%-4s %-12s %s".formatted(check.passed() ? "ok" : "NO", check.stage(), check.detail());
  }

  private static String line(Shown.Statement statement) {
    return "%s, issued by %s".formatted(String.join(", ", statement.types()), statement.issuer());
  }

  /** Stages after the one that failed; none where it is not one of those that are known. */
  private static List<String> unmade(Verdict verdict) {
    String reached = verdict.checks().isEmpty() ? "" : verdict.checks().getLast().stage();
    return Arrays.stream(Stage.values())
        .dropWhile(stage -> !Verdict.name(stage).equals(reached))
        .skip(1)
        .filter(stage -> stage != Stage.CREDENTIALS)
        .map(Verdict::name)
        .toList();
  }

  static Map<String, Object> figures(Verdict verdict) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", verdict.refusal().isEmpty());
    figures.put("verified", verdict.refusal().isEmpty());
    verdict
        .refusal()
        .ifPresentOrElse(
            refusal -> {
              figures.put("code", refusal.code());
              figures.put("error", refusal.detail());
              figures.put("fix", refusal.fix());
            },
            () -> {
              verdict.shown().holder().ifPresent(holder -> figures.put("holder", holder));
              figures.put("credentials", verdict.shown().statements());
            });
    figures.put("checks", verdict.checks().stream().map(VerdictReport::figures).toList());
    return figures;
  }

  private static Map<String, Object> figures(Verdict.Check check) {
    return Map.of("check", check.stage(), "passed", check.passed(), "detail", check.detail());
  }
}
