package org.earnest.cli.command;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.earnest.cli.x402.Addresses;
import org.earnest.kit.submission.OperatorToken;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A house that does it, where one is named. */
final class CredentialHouseOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Let the house there do it: http://127.0.0.1:8402.")
  private @Nullable String url;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "The house's state directory, where its operator's token is; by default it is .earnest/dev"
              + " in Earnest's folder.")
  private @Nullable Path state;

  /**
   * The house's address.
   *
   * @throws org.earnest.kit.process.StartupException {@code url_invalid}
   */
  Optional<URI> url() {
    return Optional.ofNullable(url).map(Addresses::parse);
  }

  /** The operator's token, where there is one to be read: not every house asks for it. */
  Optional<OperatorToken> token() {
    Path folder = state != null ? state : HostOptions.defaultState();
    return Files.exists(folder.resolve(OperatorToken.FILE))
        ? Optional.of(OperatorToken.read(folder))
        : Optional.empty();
  }
}
