package org.earnest.cli.deal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.earnest.bindings.integrity.CanonicalJson;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.edge.TermsJson;
import org.earnest.kit.process.StartupException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Terms in a file: the same JSON that is posted to the deal service as {@code terms}, and read
 * strictly, since what is overlooked here is signed.
 */
public final class TermsFile {
  /** Three times what 64 legs with every member need. */
  public static final int MAX_BYTES = CanonicalJson.MAX_BYTES;

  private static final int MAX_NAME_SHOWN = 64;

  private TermsFile() {}

  /**
   * Reads terms.
   *
   * @throws StartupException {@code terms_missing}, {@code terms_unreadable}, {@code
   *     terms_too_large}, {@code terms_malformed}, {@code terms_invalid}, {@code
   *     terms_unknown_member}
   */
  public static DealTerms read(Path file) {
    ObjectNode json = json(file, bytes(file));
    DealTerms terms = terms(json);
    requireKnown(json, JsonMapper.shared().valueToTree(TermsJson.write(terms)), "terms");
    return terms;
  }

  private static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] read = in.readNBytes(MAX_BYTES + 1);
      if (read.length <= MAX_BYTES) {
        return read;
      }
    } catch (NoSuchFileException missing) {
      throw new StartupException(
          "terms_missing", "there is no file " + file, "Look at its name and folder", missing);
    } catch (IOException refused) {
      throw new StartupException(
          "terms_unreadable",
          file + " cannot be read: " + refused,
          "Name a file that you may read",
          refused);
    }
    throw new StartupException(
        "terms_too_large",
        file + " is longer than " + MAX_BYTES + " bytes",
        "Terms of "
            + DealTerms.MAX_LEGS
            + " legs need a third of that: keep anything else in the document that docHash is of");
  }

  private static ObjectNode json(Path file, byte[] bytes) {
    try {
      return CanonicalJson.read(bytes);
    } catch (IllegalArgumentException refused) {
      throw new StartupException(
          "terms_malformed",
          file + " holds no terms: " + refused.getMessage(),
          "Write {\"head\": {...}, \"legs\": [{...}]}; docs/verbs/deal.md has every member",
          refused);
    }
  }

  private static DealTerms terms(ObjectNode json) {
    try {
      return TermsJson.read(json);
    } catch (IllegalArgumentException refused) {
      throw new StartupException(
          "terms_invalid",
          String.valueOf(refused.getMessage()),
          "Mend that member; docs/verbs/deal.md has the type of each",
          refused);
    }
  }

  /** What is written of terms has every member that there is. */
  private static void requireKnown(JsonNode given, JsonNode known, String path) {
    for (String name : given.propertyNames()) {
      if (!known.has(name)) {
        throw new StartupException(
            "terms_unknown_member",
            path + " has no member " + printable(name),
            "Remove it, or write it as one of " + String.join(", ", known.propertyNames()));
      }
      requireKnown(given.path(name), known.path(name), path + "." + name);
    }
    for (int i = 0; given.isArray() && i < given.size(); i++) {
      requireKnown(given.path(i), known.path(i), path + "[" + i + "]");
    }
  }

  /** A stranger's text must not steer the terminal. */
  private static String printable(String name) {
    String shown =
        name.length() <= MAX_NAME_SHOWN ? name : name.substring(0, MAX_NAME_SHOWN) + "...";
    return '"' + shown.replaceAll("\\p{C}", "?") + '"';
  }
}
