package org.earnest.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.cli.credential.Remedies;
import org.earnest.cli.credential.SecuredText;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.kit.process.StartupException;
import tools.jackson.databind.node.ObjectNode;

/** What is read from a file or, as {@code -}, from standard input. */
final class CredentialInput {
  private static final String STANDARD_INPUT = "-";

  /** What is longer is refused by whoever reads it. */
  private static final int MAX_BYTES = StrictJws.MAX_CHARS + 1;

  private CredentialInput() {}

  /**
   * Whatever it is.
   *
   * @throws StartupException {@code file_missing}, {@code file_not_text}
   */
  static SecuredText secured(String name) {
    return SecuredText.of(text(name));
  }

  /**
   * An object of JSON.
   *
   * @throws StartupException as well {@code malformed_json}
   */
  static ObjectNode object(String name) {
    try {
      return SignableJson.read(text(name).getBytes(StandardCharsets.UTF_8));
    } catch (InvalidCredentialException malformed) {
      throw Remedies.refusal(malformed.refusal(), malformed.detail());
    }
  }

  private static String text(String name) {
    try (InputStream stream =
        name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name))) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(stream.readNBytes(MAX_BYTES)))
          .toString();
    } catch (CharacterCodingException notText) {
      throw new StartupException(
          "file_not_text", name + " is not UTF-8", "Name a file with a credential", notText);
    } catch (IOException unreadable) {
      throw new StartupException(
          "file_missing",
          name + " cannot be read",
          "Name the file with the credential, or - for standard input",
          unreadable);
    }
  }
}
