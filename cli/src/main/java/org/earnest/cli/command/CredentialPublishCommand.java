package org.earnest.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.CredentialFormat;
import org.earnest.cli.credential.Issuing;
import org.earnest.cli.credential.StatusFolder;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.identity.DidSigner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "publish",
    description = {
      "Sign the status lists anew, and say where each file belongs.",
      "",
      "A signed list may be believed for 7 days: run this every day, and after each change."
    },
    footer = {"", "Example:", "  ./earnest credential publish --issuer-keys issuer --lists status"},
    mixinStandardHelpOptions = true)
final class CredentialPublishCommand extends Verb {
  private static final InstantSource CLOCK = InstantSource.system();

  @Mixin SigningKeyOption key = new SigningKeyOption();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--lists",
      required = true,
      paramLabel = "DIR",
      description = "The folder of this issuer's status lists.")
  private Path lists;

  @Override
  Map<String, ?> perform(Console console) {
    Map<Path, URI> files = signed(new StatusFolder(lists, CLOCK));
    files.forEach((file, url) -> console.say("Publish %s at %s".formatted(file, url)));
    Map<String, Object> published = new LinkedHashMap<>();
    files.forEach((file, url) -> published.put(file.toString(), url.toString()));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("lists", published);
    return figures;
  }

  private Map<Path, URI> signed(StatusFolder folder) {
    try (IssuerFolder keys = key.known()) {
      DidSigner signer = key.signer(keys, folder.issuer());
      CredentialFormat format = CredentialFormat.usualOf(signer.jwsAlgorithm());
      return folder.publish(new Issuing(signer, format, CLOCK).issuer(), signer);
    }
  }
}
