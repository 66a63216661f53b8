package org.earnest.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.signer.Keystore;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.console.Console;
import org.earnest.cli.did.AccountKey;
import org.earnest.cli.did.PublishedFile;
import org.earnest.cli.did.UpdateKey;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.identity.Did;
import org.earnest.did.document.PublishedDocument;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.jwk.JwkDidMethod;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.web.WebLocation;
import org.earnest.did.webvh.LogTerms;
import org.earnest.did.webvh.WebvhController;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "create",
    description = {
      "Make an identity.",
      "",
      "key, jwk, pkh and ethr are names of the key in --key, a keystore that is made where",
      "there is none. web and webvh also write the file to publish; webvh's key is an",
      "Ed25519 key in a file of its own."
    },
    mixinStandardHelpOptions = true)
final class DidCreateCommand extends Verb {
  /** What can be made. */
  enum Method {
    key,
    jwk,
    pkh,
    ethr,
    web,
    webvh
  }

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "METHOD", description = "${COMPLETION-CANDIDATES}.")
  private Method method;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The key; a new one is made where there is no such file.")
  private Path key;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Option(
      names = "--chain",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Chain of a did:pkh or did:ethr. Default: ${DEFAULT-VALUE}.")
  private long chain;

  @Option(
      names = "--place",
      paramLabel = "HOST[:PATH]",
      description = "Where a did:web or did:webvh is published: agent.example:agents:7.")
  private @Nullable String place;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder of did.json or did.jsonl. Default: the current one.")
  private Path out = Path.of(".");

  @Option(
      names = "--also-known-as",
      paramLabel = "NAME",
      description = "Another name, such as an agent's id. May be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--service",
      paramLabel = "TYPE=URL",
      description = "A service of the document. May be repeated.")
  private Map<String, String> services = new LinkedHashMap<>();

  @Mixin LogTermsOptions terms = new LogTermsOptions();

  @Override
  Map<String, ?> perform(Console console) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    if (method == Method.webvh) {
      webvh(figures, console);
      return figures;
    }
    if (method == Method.web) {
      place();
    }
    LocalSigner signer = signer();
    figures.put("address", signer.address().hex());
    if (method == Method.web) {
      web(signer, figures, console);
    } else {
      told(did(signer), figures, console);
    }
    return figures;
  }

  private Did did(LocalSigner signer) {
    PublicKeyMultibase publicKey = AccountKey.of(signer);
    return switch (method) {
      case key -> KeyDidMethod.didOf(publicKey);
      case jwk -> JwkDidMethod.didOf(publicKey);
      case pkh -> Did.pkh(account(signer));
      case ethr -> EthrDidMethod.didOf(account(signer));
      case web, webvh -> throw new IllegalStateException("has a place");
    };
  }

  private Caip10AccountId account(LocalSigner signer) {
    if (chain < 1) {
      throw new ParameterException(spec.commandLine(), "--chain is a number above zero");
    }
    return new Caip10AccountId(Caip2ChainId.eip155(chain), signer.address());
  }

  /** What is there is used, and what is not is made. */
  private LocalSigner signer() {
    if (!Files.exists(key)) {
      try (Passphrase typed = passphrase.fresh()) {
        if (Keystore.create(key, typed) instanceof Keystore.Writing.Refused(var refusal)) {
          throw KeyShowCommand.refused(key, refusal);
        }
        return KeyShowCommand.open(key, typed);
      }
    }
    try (Passphrase typed = passphrase.known()) {
      return KeyShowCommand.open(key, typed);
    }
  }

  private String place() {
    try {
      if (place != null) {
        WebLocation.parse(place);
        return place;
      }
    } catch (IllegalArgumentException refused) {
      throw new StartupException(
          "place_invalid",
          "--place: " + refused.getMessage(),
          "Write a host's name, and its path with colons: agent.example:agents:7");
    }
    throw new StartupException(
        "place_missing", "did:" + method + " is published somewhere", "Name it with --place");
  }

  private ObjectNode document(String did, PublicKeyMultibase publicKey) {
    return PublishedDocument.of(
        did,
        publicKey,
        names,
        services.entrySet().stream()
            .map(service -> new PublishedDocument.Service(service.getKey(), service.getValue()))
            .toList());
  }

  private void web(LocalSigner signer, Map<String, Object> figures, Console console) {
    Did did = new Did("did:web:" + place());
    PublishedFile file = new PublishedFile(out.resolve("did.json"));
    file.create(document(did.value(), AccountKey.of(signer)).toPrettyString() + "\n");
    published(did, file, figures, console);
  }

  private void webvh(Map<String, Object> figures, Console console) {
    String at = place();
    PublishedFile file = new PublishedFile(out.resolve("did.jsonl"));
    LogTerms asked = terms.terms();
    UpdateKey signer = LogTermsOptions.key(key);
    WebvhController.Published log =
        new WebvhController(signer, InstantSource.system())
            .create(at, asked, did -> document(did, signer.key()));
    file.create(log.text());
    published(log.did(), file, figures, console);
    if (!asked.witnesses().isEmpty()) {
      console.say(
          "Nobody resolves it before %d witnesses approve: ./earnest did witness %s --key FILE"
              .formatted(asked.threshold(), file.path()));
    }
  }

  private void published(
      Did did, PublishedFile file, Map<String, Object> figures, Console console) {
    told(did, figures, console);
    String url = WebLocation.parse(place()).file(file.path().getFileName().toString()).toString();
    figures.put("file", file.path().toString());
    figures.put("publishAt", url);
    console.say("Publish " + file.path() + " at " + url);
  }

  private void told(Did did, Map<String, Object> figures, Console console) {
    figures.put("did", did.value());
    figures.put("key", key.toString());
    console.say(did.value());
    console.say("Its key is in " + key + ": keep it, nobody can make it again.");
  }
}
