package org.earnest.cli.command;

import java.nio.file.Path;
import org.earnest.core.identity.Did;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.kit.process.StartupException;
import picocli.CommandLine.Parameters;

/** The identity that is changed: a did:ethr, or the file that is published of another. */
final class DidTarget {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(
      paramLabel = "WHICH",
      description = "A did:ethr, or the did.json or did.jsonl that was published.")
  private String which;

  /** What is changed, and how. */
  sealed interface Which {
    record OnChain(Did did) implements Which {}

    record Log(Path file) implements Which {}

    record Document(Path file) implements Which {}
  }

  /**
   * What was named.
   *
   * @throws StartupException {@code did_unchangeable}
   */
  Which which() {
    if (!which.startsWith("did:")) {
      Path file = Path.of(which);
      return which.endsWith(".jsonl") ? new Which.Log(file) : new Which.Document(file);
    }
    try {
      Did did = new Did(which);
      if (did.method().equals(EthrDidMethod.NAME)) {
        return new Which.OnChain(did);
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below, as a DID that nothing can change is.
    }
    throw new StartupException(
        "did_unchangeable",
        "this identity is what its name says for ever, or is changed in its file",
        "Name a did:ethr, or the did.json or did.jsonl of a did:web or did:webvh");
  }
}
