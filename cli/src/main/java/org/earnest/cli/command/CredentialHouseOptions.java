package org.earnest.cli.command;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.earnest.cli.credential.CredentialHouse;
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
          "The house's state directory, where its operator's token is. Default, for a house on this"
              + " machine alone: .earnest/dev in Earnest's folder.")
  private @Nullable Path state;

  /**
   * The house's address.
   *
   * @throws org.earnest.kit.process.StartupException {@code url_invalid}
   */
  Optional<URI> url() {
    return Optional.ofNullable(url).map(Addresses::parse);
  }

  /**
   * The operator's token, where there is one to be read: not every house asks for it. A house
   * elsewhere is sent none that was not named for it.
   */
  Optional<OperatorToken> token() {
    return token(HostOptions.defaultState());
  }

  /**
   * Likewise.
   *
   * @param usual the state directory of a house on this machine
   */
  Optional<OperatorToken> token(Path usual) {
    if (state == null && !url().map(CredentialHouse::isThisMachine).orElse(false)) {
      return Optional.empty();
    }
    Path folder = state != null ? state : usual;
    return Files.exists(folder.resolve(OperatorToken.FILE))
        ? Optional.of(OperatorToken.read(folder))
        : Optional.empty();
  }
}
