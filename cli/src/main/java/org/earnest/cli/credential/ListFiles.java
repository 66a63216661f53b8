package org.earnest.cli.credential;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.status.TokenList;
import org.earnest.kit.process.StartupException;

/** Status lists in files, each known by the URL that it says it is published at. */
final class ListFiles implements DocumentSource {
  private static final int MAX_FILES = 1_000;

  private final Map<String, String> byUrl;
  private final DocumentSource elsewhere;

  private ListFiles(Map<String, String> byUrl, DocumentSource elsewhere) {
    this.byUrl = Map.copyOf(byUrl);
    this.elsewhere = elsewhere;
  }

  /**
   * The lists in a folder: copies of what was published, or the issuer's own.
   *
   * @param elsewhere asked for all others
   * @throws StartupException {@code lists_unusable}
   */
  static DocumentSource in(Path folder, DocumentSource elsewhere) {
    Map<String, String> byUrl = new HashMap<>();
    Path published = folder.resolve(StatusFolder.PUBLISHED);
    Path lists = Files.isDirectory(published) ? published : folder;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(lists, "*.{json,jwt}")) {
      for (Path file : files) {
        if (byUrl.size() < MAX_FILES && Files.size(file) <= StrictJws.MAX_CHARS) {
          String text = Files.readString(file);
          byUrl.put(url(text), text);
        }
      }
    } catch (IOException unreadable) {
      throw new StartupException(
          "lists_unusable",
          "the lists in %s cannot be read".formatted(folder),
          "Name the folder that holds the issuer's lists",
          unreadable);
    }
    return new ListFiles(byUrl, elsewhere);
  }

  /** Empty for what is no list; a list that is none is refused by whoever reads it. */
  private static String url(String text) {
    try {
      return text.stripLeading().startsWith("{")
          ? SignableJson.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
              .path("id")
              .asString("")
          : StrictJws.parse(text.strip(), java.util.Set.of(TokenList.TYPE))
              .payload()
              .path("sub")
              .asString("");
    } catch (InvalidCredentialException noList) {
      return "";
    }
  }

  @Override
  public Answer get(URI uri, String accept) {
    String kept = byUrl.get(uri.toString());
    return kept == null ? elsewhere.get(uri, accept) : new Answer.Received(kept);
  }
}
