package org.earnest.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.CredentialFormat;
import org.earnest.cli.credential.CredentialHouse;
import org.earnest.cli.credential.Issuing;
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
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Changes what the issuer's lists say of a credential. */
abstract class CredentialStatusVerb extends Verb {
  private static final InstantSource CLOCK = InstantSource.system();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "ID", description = "The credential's id, or a file that holds it.")
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
    String id = id();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("id", id);
    if (house.url().isPresent()) {
      new CredentialHouse(house.url().get(), house.token()).change(id, order());
      console.say("%s is %s.".formatted(id, order().done()));
      return figures;
    }
    boolean changed = here(id);
    figures.put("changed", changed);
    figures.put("lists", String.valueOf(lists));
    console.say("%s is %s%s.".formatted(id, order().done(), changed ? "" : ", and was before"));
    console.say("Publish the lists in %s, so that others know.".formatted(lists));
    return figures;
  }

  private boolean here(String id) {
    if (lists == null) {
      throw new StartupException(
          "lists_unnamed",
          "a status is in a list",
          "Name the folder of lists with --lists, or a house with --url");
    }
    StatusFolder folder = new StatusFolder(lists, CLOCK);
    try (IssuerFolder keys = key.known()) {
      DidSigner signer = key.signer(keys, folder.issuer());
      boolean changed = folder.change(id, order(), signer);
      CredentialFormat format = CredentialFormat.usualOf(signer.jwsAlgorithm());
      folder.publish(new Issuing(signer, format, CLOCK).issuer(), signer);
      return changed;
    }
  }

  private String id() {
    if (!Files.exists(Path.of(credential))) {
      return credential;
    }
    try {
      ObjectNode document = SecuredText.document(CredentialInput.secured(credential));
      String id = document.path(document.has("vct") ? "jti" : "id").asString("");
      if (!id.isEmpty()) {
        return id;
      }
    } catch (InvalidCredentialException malformed) {
      throw Remedies.refusal(malformed.refusal(), malformed.detail());
    }
    throw new StartupException(
        "id_missing",
        credential + " holds no id",
        "Its issuer knows its place in the list; a credential issued here always has an id");
  }
}
