package org.earnest.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.CredentialFormat;
import org.earnest.cli.credential.CredentialHouse;
import org.earnest.cli.credential.Issuing;
import org.earnest.cli.credential.MeantCredential;
import org.earnest.cli.credential.Remedies;
import org.earnest.cli.credential.SecuredText;
import org.earnest.cli.credential.StatusFolder;
import org.earnest.cli.credential.StatusOrder;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Changes what the issuer's lists say of a credential. */
abstract class CredentialStatusVerb extends Verb {
  private static final InstantSource CLOCK = InstantSource.system();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(
      paramLabel = "ID",
      description = "The credential's id, or with --lists a file that holds it.")
  private String credential;

  @Mixin SigningKeyOption key = new SigningKeyOption();

  @Option(
      names = "--lists",
      paramLabel = "DIR",
      description = "The folder of lists that it was issued with.")
  private @Nullable Path lists;

  @Mixin CredentialHouseOptions house = new CredentialHouseOptions();

  abstract StatusOrder order();

  @Override
  final Map<String, ?> perform(Console console) {
    MeantCredential meant = meant();
    String id = meant.id();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("id", id);
    if (house.url().isPresent()) {
      new CredentialHouse(house.url().get(), house.token()).change(id, order());
      console.say("%s is %s.".formatted(id, order().done()));
      return figures;
    }
    boolean changed = here(meant);
    figures.put("changed", changed);
    figures.put("lists", String.valueOf(lists));
    console.say("%s is %s%s.".formatted(id, order().done(), changed ? "" : ", and was before"));
    console.say("Publish %s, so that others know.".formatted(published()));
    return figures;
  }

  private boolean here(MeantCredential meant) {
    if (lists == null) {
      throw new StartupException(
          "lists_unnamed",
          "a status is in a list",
          "Name the folder of lists with --lists, or a house with --url");
    }
    StatusFolder folder = new StatusFolder(lists, CLOCK);
    try (IssuerFolder keys = key.known()) {
      DidSigner signer = key.signer(keys, folder.issuer());
      CredentialFormat format = CredentialFormat.usualOf(signer.jwsAlgorithm());
      return folder.change(meant, order(), new Issuing(signer, format, CLOCK).issuer(), signer);
    }
  }

  private Path published() {
    return new StatusFolder(Objects.requireNonNull(lists), CLOCK).published();
  }

  private MeantCredential meant() {
    if (!Files.exists(Path.of(credential))) {
      return MeantCredential.of(credential);
    }
    if (house.url().isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "a house is told the credential's id: nobody has verified the file");
    }
    try {
      return MeantCredential.in(SecuredText.document(CredentialInput.secured(credential)));
    } catch (InvalidCredentialException malformed) {
      throw Remedies.refusal(malformed.refusal(), malformed.detail());
    }
  }
}
