package org.earnest.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.earnest.cli.console.Console;
import org.earnest.cli.indexer.DidMethods;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.document.DidDocumentJson;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "resolve",
    description = "Print the document of a DID.",
    mixinStandardHelpOptions = true)
final class DidResolveCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "DID", description = "did:key, jwk, pkh, web, webvh or ethr.")
  private String did;

  @Option(names = "--version-id", paramLabel = "ID", description = "The version of this name.")
  private @Nullable String versionId;

  @Option(
      names = "--version-time",
      paramLabel = "TIME",
      description = "The version of that time: 2026-11-21T12:00:00Z.")
  private @Nullable String versionTime;

  @Mixin RegistryOptions registry = new RegistryOptions();

  @Override
  Map<String, ?> perform(Console console) {
    Did name = parse(did);
    ResolutionOptions options = new ResolutionOptions(version(), true);
    try (Lifecycle lifecycle = new Lifecycle()) {
      return switch (new DidMethods(lifecycle)
          .resolver(registry.networks())
          .resolve(name, options)) {
        case DidResolution.Resolved resolved -> figures(console, resolved);
        case DidResolution.Refused refused -> throw refusal(refused);
      };
    }
  }

  static Did parse(String text) {
    try {
      return new Did(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "invalid_did", String.valueOf(malformed.getMessage()), "Write it as did:method:id");
    }
  }

  private Optional<DidVersion> version() {
    if (versionId != null && versionTime != null) {
      throw new ParameterException(
          spec.commandLine(), "--version-id and --version-time exclude each other");
    }
    if (versionTime == null) {
      return Optional.ofNullable(versionId).map(DidVersion.Id::new);
    }
    try {
      return Optional.of(new DidVersion.At(Instant.parse(versionTime)));
    } catch (DateTimeException malformed) {
      throw new ParameterException(
          spec.commandLine(), "--version-time is like 2026-11-21T12:00:00Z", malformed);
    }
  }

  private static Map<String, Object> figures(Console console, DidResolution.Resolved resolved) {
    ObjectNode document = DidDocumentJson.write(resolved);
    console.say(document.toPrettyString());
    DidDocumentMetadata known = resolved.metadata();
    if (known.deactivated()) {
      console.warn("the identity was given up");
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("deactivated", known.deactivated());
    known.created().ifPresent(time -> metadata.put("created", time.toString()));
    known.updated().ifPresent(time -> metadata.put("updated", time.toString()));
    known.versionId().ifPresent(id -> metadata.put("versionId", id));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("didDocument", document);
    figures.put("didDocumentMetadata", metadata);
    return figures;
  }

  private static StartupException refusal(DidResolution.Refused refused) {
    String remedy =
        switch (refused.error()) {
          case INVALID_DID, INVALID_DID_URL -> "Look for a slip in it";
          case INVALID_OPTIONS -> "Look at --version-id and --version-time";
          case NOT_FOUND -> "Look whether it was published, and where";
          case METHOD_NOT_SUPPORTED, REPRESENTATION_NOT_SUPPORTED -> "Ask another resolver";
          case FEATURE_NOT_SUPPORTED -> "A did:ethr needs --rpc-url, a node of its chain";
          case INVALID_DID_DOCUMENT -> "Tell whoever published it";
          case INTERNAL_ERROR -> "Try again in a moment";
        };
    return new StartupException(
        refused.error().name().toLowerCase(Locale.ROOT), refused.detail(), remedy);
  }
}
