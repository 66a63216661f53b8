package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.CredentialHouse;
import org.earnest.cli.credential.RelyingParty;
import org.earnest.cli.credential.SecuredText;
import org.earnest.cli.credential.Verdict;
import org.earnest.core.identity.Did;
import org.earnest.credentials.Expected;
import org.earnest.kit.process.Lifecycle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    requireFitting();
    SecuredText secured = CredentialInput.secured(file);
    if (secured instanceof SecuredText.SelectiveJwt && (challenge == null) != (domain == null)) {
      throw misused("an SD-JWT is verified with --challenge and --domain, or with neither");
    }
    Expected expected = new Expected(Optional.ofNullable(challenge), Optional.ofNullable(domain));
    Set<Did> issuers = trusted.stream().map(DidResolveCommand::parse).collect(Collectors.toSet());
    Verdict verdict =
        house
            .url()
            .map(url -> new CredentialHouse(url, Optional.empty()))
            .map(asked -> asked.verify(secured, expected, issuers))
            .orElseGet(() -> here(secured, expected, issuers))
            .believing(issuers);
    VerdictReport.say(verdict, console);
    return VerdictReport.figures(verdict);
  }

  private void requireFitting() {
    if (house.url().isPresent() && (lists != null || registry.isGiven())) {
      throw misused("a house has lists and nodes of its own: no --lists, --rpc-url with --url");
    }
  }

  private ParameterException misused(String how) {
    return new ParameterException(spec.commandLine(), how);
  }

  private Verdict here(SecuredText secured, Expected expected, Set<Did> issuers) {
    try (Lifecycle lifecycle = new Lifecycle()) {
      return new RelyingParty(lifecycle, registry.networks(), Optional.ofNullable(lists), issuers)
          .verify(secured, expected);
    }
  }
}
