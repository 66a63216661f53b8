package org.earnest.bindings.signer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What opens a keystore. It is never in a text, and wiped when it is closed. */
public final class Passphrase implements AutoCloseable {
  /** UTF-8, in a file. */
  public static final int MAX_BYTES = 1024;

  private final char[] characters;

  private Passphrase(char[] characters) {
    this.characters = characters;
  }

  /** From a prompt; the array is wiped. */
  public static Passphrase of(char[] typed) {
    Passphrase passphrase = new Passphrase(typed.clone());
    Arrays.fill(typed, '\0');
    return passphrase;
  }

  /**
   * A file's first line, or all of it where it has no line's end.
   *
   * @throws IOException when the file cannot be read, has more than {@value #MAX_BYTES} bytes, or
   *     is no UTF-8
   */
  public static Passphrase read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    try {
      if (bytes.length > MAX_BYTES) {
        throw new IOException("a passphrase has at most " + MAX_BYTES + " bytes");
      }
      return firstLine(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Passphrase firstLine(byte[] bytes) throws IOException {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, 0, end));
      char[] line = Arrays.copyOf(decoded.array(), decoded.limit());
      Arrays.fill(decoded.array(), '\0');
      return new Passphrase(line);
    } catch (CharacterCodingException e) {
      // Not as the cause: nothing of the file belongs into a trace.
      throw new IOException("a passphrase is written in UTF-8");
    }
  }

  public boolean isEmpty() {
    return characters.length == 0;
  }

  /** Whether the same was typed twice. */
  public boolean matches(Passphrase other) {
    return Arrays.equals(characters, other.characters);
  }

  /** A copy, for whoever derives a key from it; theirs to wipe. */
  public byte[] utf8() {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    encoded.clear();
    encoded.put(new byte[encoded.capacity()]);
    return bytes;
  }

  /** For web3j, which takes nothing else. */
  String text() {
    return new String(characters);
  }

  /** A copy for a key store of the platform, which takes nothing else; theirs to wipe. */
  public char[] characters() {
    return characters.clone();
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return "Passphrase";
  }
}
