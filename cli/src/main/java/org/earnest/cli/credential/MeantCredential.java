package org.earnest.cli.credential;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.earnest.kit.process.StartupException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which credential a status is changed of.
 *
 * @param places that a file says it has; empty where its issuer named the id. Anybody can write a
 *     file with another credential's id, so that these are compared
 */
public record MeantCredential(String id, Optional<Set<At>> places) {
  public MeantCredential {
    places = places.map(Set::copyOf);
  }

  /**
   * A place in a list.
   *
   * @param list the list's URL
   * @param index as a document writes it
   */
  public record At(String list, String index) {}

  /** The one with this id, by the word of who asks. */
  public static MeantCredential of(String id) {
    return new MeantCredential(id, Optional.empty());
  }

  /**
   * The one in this document, of which nothing was verified.
   *
   * @throws StartupException {@code id_missing}
   */
  public static MeantCredential in(ObjectNode document) {
    String id = document.path(document.has("vct") ? "jti" : "id").asString("");
    if (id.isEmpty()) {
      throw new StartupException(
          "id_missing",
          "the file holds no id",
          "Its issuer knows its place in the list; a credential issued here always has an id");
    }
    Set<At> places = new HashSet<>();
    JsonNode entries = document.path("credentialStatus");
    for (JsonNode entry : entries.isArray() ? entries : document.arrayNode().add(entries)) {
      add(entry.path("statusListCredential"), entry.path("statusListIndex"), places);
    }
    JsonNode reference = document.path("status").path("status_list");
    add(reference.path("uri"), reference.path("idx"), places);
    return new MeantCredential(id, Optional.of(places));
  }

  private static void add(JsonNode list, JsonNode index, Set<At> places) {
    if (!list.isMissingNode() || !index.isMissingNode()) {
      places.add(new At(list.asString(""), index.asString("")));
    }
  }

  /**
   * Refuses a file that names other places than these, or none.
   *
   * @throws StartupException {@code status_mismatch}
   */
  void require(Set<At> kept) {
    if (places.filter(named -> named.isEmpty() || !kept.containsAll(named)).isPresent()) {
      throw new StartupException(
          "status_mismatch",
          "the file names no place that was given to " + id,
          "Do not trust the file: name the credential's id, as it was issued");
    }
  }
}
