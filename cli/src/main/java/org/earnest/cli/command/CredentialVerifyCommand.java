package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.CredentialHouse;
import org.earnest.cli.credential.RelyingParty;
import org.earnest.cli.credential.Remedies;
import org.earnest.cli.credential.SecuredText;
import org.earnest.cli.credential.Verdict;
import org.earnest.core.identity.Did;
import org.earnest.credentials.Expected;
import org.earnest.credentials.VerificationCheck;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.kit.process.Lifecycle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Verify a credential or presentation, check by check; the first that fails ends it.",
      "",
      "Exit code 1 where it is not verified. Status lists and DIDs are fetched by https; those",
      "in files are named with --lists."
    },
    footer = {
      "",
      "Examples:",
      "  ./earnest credential verify credential.json --trust did:web:auditor.example",
      "  curl -s https://agent.example/card | ./earnest credential verify - --json",
      "  ./earnest credential verify presentation.json --challenge 7f3a --domain shop.example"
    },
    mixinStandardHelpOptions = true)
final class CredentialVerifyCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "FILE", description = "What was received, or - for standard input.")
  private String file;

  @Option(
      names = "--lists",
      paramLabel = "DIR",
      description = "Status lists in this folder are read there and not fetched.")
  private @Nullable Path lists;

  @Option(
      names = "--trust",
      paramLabel = "DID",
      description = "Believe this issuer and no other that is not named. May be repeated.")
  private List<String> trusted = new ArrayList<>();

  @Option(
      names = "--challenge",
      paramLabel = "TEXT",
      description = "What the holder was asked; an SD-JWT's nonce.")
  private @Nullable String challenge;

  @Option(
      names = "--domain",
      paramLabel = "TEXT",
      description = "Whom it must be for; an SD-JWT's audience.")
  private @Nullable String domain;

  @Mixin RegistryOptions registry = new RegistryOptions();

  @Mixin CredentialHouseOptions house = new CredentialHouseOptions();

  @Override
  Map<String, ?> perform(Console console) {
    SecuredText secured = CredentialInput.secured(file);
    Expected expected = new Expected(Optional.ofNullable(challenge), Optional.ofNullable(domain));
    Verdict verdict =
        house
            .url()
            .map(url -> new CredentialHouse(url, Optional.empty()).verify(secured, expected))
            .orElseGet(() -> here(secured, expected));
    tell(verdict, console);
    return figures(verdict);
  }

  private Verdict here(SecuredText secured, Expected expected) {
    try (Lifecycle lifecycle = new Lifecycle()) {
      Set<Did> issuers = trusted.stream().map(DidResolveCommand::parse).collect(Collectors.toSet());
      return new RelyingParty(lifecycle, registry.networks(), Optional.ofNullable(lists), issuers)
          .verify(secured, expected);
    }
  }

  private static void tell(Verdict verdict, Console console) {
    verdict.checks().forEach(check -> console.say(line(check)));
    verdict
        .refusal()
        .ifPresentOrElse(
            refusal -> {
              List<String> unmade = unmade(verdict);
              if (!unmade.isEmpty()) {
                console.say("not looked at: " + String.join(", ", unmade));
              }
              console.say("NOT verified: %s [%s]".formatted(verdict.detail(), refusal.code()));
              console.say(Remedies.of(refusal) + ".");
            },
            () -> console.say("Verified."));
  }

  private static String line(VerificationCheck check) {
    return "%-4s %-12s %s"
        .formatted(check.passed() ? "ok" : "NO", name(check.stage()), check.detail());
  }

  /** Stages after the one that failed. */
  private static List<String> unmade(Verdict verdict) {
    int reached = verdict.checks().getLast().stage().ordinal();
    return java.util.Arrays.stream(Stage.values())
        .filter(stage -> stage.ordinal() > reached && stage != Stage.CREDENTIALS)
        .map(CredentialVerifyCommand::name)
        .toList();
  }

  private static String name(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> figures(Verdict verdict) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", verdict.refusal().isEmpty());
    figures.put("verified", verdict.refusal().isEmpty());
    verdict
        .refusal()
        .ifPresent(
            refusal -> {
              figures.put("code", refusal.code());
              figures.put("error", verdict.detail());
              figures.put("fix", Remedies.of(refusal));
            });
    figures.put(
        "checks",
        verdict.checks().stream()
            .map(
                check ->
                    Map.of(
                        "check", name(check.stage()),
                        "passed", check.passed(),
                        "detail", check.detail()))
            .toList());
    return figures;
  }
}
