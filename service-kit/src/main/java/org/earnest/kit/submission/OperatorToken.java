package org.earnest.kit.submission;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.kit.http.Problem;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;

/**
 * What shows that somebody may read the state directory, and hence may change the course of money
 * and take back what the issuer signed: a random word in a file that its user alone can read, sent
 * as a bearer token (RFC 6750).
 */
public final class OperatorToken {
  /** In the state directory. */
  public static final String FILE = "operator.token";

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");
  private static final String SCHEME = "Bearer ";

  private final String secret;

  private OperatorToken(String secret) {
    this.secret = secret;
  }

  /**
   * The state directory's, made where there is none that could be used.
   *
   * @throws StartupException {@code state_not_usable}
   */
  public static OperatorToken of(StateDirectory state) {
    Path file = state.resolve(FILE);
    try {
      if (!Files.exists(file) || parsed(file).isEmpty()) {
        create(file);
      }
      return parsed(file).orElseThrow(() -> new IOException(file + " is not what was written"));
    } catch (IOException refused) {
      throw new StartupException(
          "state_not_usable",
          "the operator's token cannot be kept: " + refused.getMessage(),
          "Make the state directory writable, or begin anew with --fresh",
          refused);
    }
  }

  /**
   * The one that a house keeps in this folder; nothing is made or locked.
   *
   * @throws StartupException {@code operator_token_missing}
   */
  public static OperatorToken read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return parsed(file).orElseThrow(() -> new IOException(file + " holds no token"));
    } catch (IOException unreadable) {
      throw new StartupException(
          "operator_token_missing",
          "there is no operator's token to be read in " + folder,
          "Give the --state of the house that runs, as the user who started it",
          unreadable);
    }
  }

  /** Whole or not at all. */
  private static void create(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Path draft = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, HexFormat.of().formatHex(secret));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Optional<OperatorToken> parsed(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    return FORM.matcher(text).matches() ? Optional.of(new OperatorToken(text)) : Optional.empty();
  }

  /** The value of {@code Authorization} that carries it. */
  public String authorization() {
    return SCHEME + secret;
  }

  /** Ends a request that does not carry it: 401 {@code operator_token_required}. */
  public void require(Context context) {
    String given = String.valueOf(context.header("Authorization"));
    if (!MessageDigest.isEqual(bytes(given), bytes(authorization()))) {
      context.header("WWW-Authenticate", SCHEME.strip());
      throw Problem.of(
              401,
              "operator_token_required",
              "This is for the operator",
              "Send Authorization: Bearer and the word in "
                  + FILE
                  + " of the state directory; earnest tx reads it from --state.")
          .asException();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "OperatorToken";
  }
}
