package org.earnest.credentials.selective;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.core.JsonPointer;

/**
 * JSON pointers into one document (RFC 6901).
 *
 * @param texts each once, in the order in which they were given
 */
public record Pointers(Set<String> texts) {
  /** Pointers of one kind; each costs a walk through the document. */
  public static final int MAX_POINTERS = 128;

  /** Steps of one pointer: as deep as a credential may be. */
  public static final int MAX_STEPS = 32;

  /** Characters of one pointer. */
  public static final int MAX_CHARACTERS = 1_024;

  public static final Pointers NONE = new Pointers(Set.of());

  private static final Pattern SPELLING = Pattern.compile("(/([^~/]|~[01])*+)*+");

  /**
   * Pointers that are known to be well-formed.
   *
   * @throws IllegalArgumentException where one is no pointer or too long
   */
  public Pointers {
    for (String text : texts) {
      boolean bearable =
          text.length() <= MAX_CHARACTERS
              && text.chars().filter(character -> character == '/').count() <= MAX_STEPS;
      if (!bearable || !SPELLING.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "a pointer is / and a name for each step (RFC 6901), at most "
                + MAX_STEPS
                + " steps and "
                + MAX_CHARACTERS
                + " characters");
      }
    }
    texts = Collections.unmodifiableSet(new LinkedHashSet<>(texts));
  }

  /**
   * Reads pointers.
   *
   * @throws InvalidCredentialException {@code SELECTION_INVALID} where one is no pointer, or they
   *     are too many or too long
   */
  public static Pointers of(List<String> texts) throws InvalidCredentialException {
    if (texts.size() > MAX_POINTERS) {
      throw refused("at most " + MAX_POINTERS + " pointers are followed");
    }
    try {
      return new Pointers(new LinkedHashSet<>(texts));
    } catch (IllegalArgumentException malformed) {
      throw refused(String.valueOf(malformed.getMessage()));
    }
  }

  /** These, then those. */
  public Pointers and(Pointers more) {
    Set<String> both = new LinkedHashSet<>(texts);
    both.addAll(more.texts);
    return new Pointers(both);
  }

  List<JsonPointer> parsed() {
    List<JsonPointer> parsed = new ArrayList<>();
    texts.forEach(text -> parsed.add(JsonPointer.compile(text)));
    return parsed;
  }

  static InvalidCredentialException refused(String detail) {
    return new InvalidCredentialException(CredentialRefusal.SELECTION_INVALID, detail);
  }
}
