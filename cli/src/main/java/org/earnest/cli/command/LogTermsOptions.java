package org.earnest.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.earnest.cli.did.UpdateKey;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.webvh.LogTerms;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a did:webvh asks of entries to come. */
final class LogTermsOptions {
  private static final String PREFIX = "did:key:";

  @Option(
      names = "--pre-rotation",
      paramLabel = "FILE",
      description = {
        "Promise the key in this file: nobody else's can write the next entry of a did:webvh.",
        "It is made where there is none. Keep it elsewhere."
      })
  private @Nullable Path next;

  @Option(
      names = "--witness",
      paramLabel = "DID:KEY",
      description = "Who must approve each entry of a did:webvh. May be repeated.")
  private List<String> witnesses = new ArrayList<>();

  @Option(
      names = "--threshold",
      paramLabel = "N",
      description = "How many witnesses must approve. Default: all of them.")
  private @Nullable Integer threshold;

  LogTerms terms() {
    List<PublicKeyMultibase> keys = witnesses.stream().map(LogTermsOptions::witness).toList();
    try {
      return new LogTerms(promised(next), keys, threshold == null ? keys.size() : threshold);
    } catch (IllegalArgumentException refused) {
      throw new StartupException(
          "witness_invalid", String.valueOf(refused.getMessage()), "Look at --threshold");
    }
  }

  /** The key in the file, which is made where there is none; nothing where no file is named. */
  static List<PublicKeyMultibase> promised(@Nullable Path file) {
    return file == null ? List.of() : List.of(key(file).key());
  }

  static UpdateKey key(Path file) {
    return Files.exists(file) ? UpdateKey.open(file) : UpdateKey.create(file);
  }

  private static PublicKeyMultibase witness(String text) {
    try {
      if (text.startsWith(PREFIX)) {
        return PublicKeyMultibase.parse(text.substring(PREFIX.length()));
      }
    } catch (IllegalArgumentException noKey) {
      // Answered below, as another DID is.
    }
    throw new StartupException(
        "witness_invalid", text + " is no did:key", "A witness is the did:key of an Ed25519 key");
  }
}
