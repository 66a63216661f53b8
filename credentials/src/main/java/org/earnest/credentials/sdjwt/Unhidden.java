package org.earnest.credentials.sdjwt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts what is disclosed back into its places (RFC 9901 §7.1, steps 3 to 6): each disclosure once,
 * each digest once, none left over, and nothing left of digests that nobody disclosed.
 */
final class Unhidden {
  private final Map<String, Disclosure> byDigest = new HashMap<>();
  private final Set<String> digests = new HashSet<>();

  /** Text of a disclosure to the JSON Pointer of what it shows. */
  private final Map<String, String> paths = new LinkedHashMap<>();

  /** Text of a disclosure to that of the one that it stands in. */
  private final Map<String, String> parents = new HashMap<>();

  private final ObjectNode claims;

  private Unhidden(ObjectNode payload, List<String> disclosures) throws InvalidCredentialException {
    SdJwt.requireKnownHash(payload);
    for (String text : disclosures) {
      Disclosure disclosure = Disclosure.parse(text);
      if (byDigest.put(disclosure.digest(), disclosure) != null) {
        throw SdJwt.invalid("a disclosure comes twice");
      }
    }
    ObjectNode shown = object(payload, "", Optional.empty(), 0);
    shown.remove(SdJwt.SD_ALG);
    this.claims = shown;
    if (paths.size() != byDigest.size()) {
      throw SdJwt.invalid("a disclosure is referenced by nothing");
    }
  }

  /**
   * Reads what was signed and what of it is disclosed.
   *
   * @throws InvalidCredentialException {@code DISCLOSURE_INVALID}
   */
  static Unhidden of(ObjectNode payload, List<String> disclosures)
      throws InvalidCredentialException {
    return new Unhidden(payload, disclosures);
  }

  /** The claims as if nothing had been hidden, but for what is not disclosed. */
  ObjectNode claims() {
    return claims;
  }

  /** Where each disclosure's value is, as JSON Pointer. */
  Map<String, String> paths() {
    return Map.copyOf(paths);
  }

  /** A disclosure and those that it stands in. */
  Stream<String> withParents(String text) {
    return Stream.iterate(text, Objects::nonNull, parents::get);
  }

  private JsonNode value(JsonNode value, String path, Optional<String> parent, int depth)
      throws InvalidCredentialException {
    if (depth > SignableJson.MAX_DEPTH) {
      throw SdJwt.invalid("claims stand in each other too deeply");
    }
    return switch (value) {
      case ObjectNode object -> object(object, path, parent, depth);
      case ArrayNode array -> array(array, path, parent, depth);
      default -> value;
    };
  }

  private ObjectNode object(ObjectNode object, String path, Optional<String> parent, int depth)
      throws InvalidCredentialException {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      if (name.equals(SdJwt.ITEM)) {
        throw SdJwt.invalid("a claim is called " + SdJwt.ITEM);
      }
      if (!name.equals(SdJwt.SD)) {
        shown.set(name, value(member.getValue(), path + "/" + escaped(name), parent, depth + 1));
      }
    }
    if (object.has(SdJwt.SD)) {
      hidden(object, shown, path, parent, depth);
    }
    return shown;
  }

  private void hidden(
      ObjectNode object, ObjectNode shown, String path, Optional<String> parent, int depth)
      throws InvalidCredentialException {
    if (!object.path(SdJwt.SD).isArray()) {
      throw SdJwt.invalid("_sd must be an array of digests");
    }
    for (JsonNode digest : object.path(SdJwt.SD)) {
      Optional<Disclosure> disclosure = disclosed(digest);
      if (disclosure.isEmpty()) {
        continue;
      }
      String name =
          disclosure
              .flatMap(Disclosure::name)
              .orElseThrow(() -> SdJwt.invalid("an item is disclosed where a claim is hidden"));
      if (object.has(name) || shown.has(name)) {
        throw SdJwt.invalid("a claim is disclosed that is there already");
      }
      String at = path + "/" + escaped(name);
      shown.set(name, found(disclosure.get(), at, parent, depth));
    }
  }

  private ArrayNode array(ArrayNode array, String path, Optional<String> parent, int depth)
      throws InvalidCredentialException {
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    int index = 0;
    for (JsonNode item : array) {
      // The place in what was signed, so that a pointer means the same however much is shown.
      String at = path + "/" + index++;
      if (!(item instanceof ObjectNode object) || !object.has(SdJwt.ITEM)) {
        shown.add(value(item, at, parent, depth + 1));
        continue;
      }
      if (object.size() != 1) {
        throw SdJwt.invalid("a hidden item has more than its digest");
      }
      Optional<Disclosure> disclosure = disclosed(object.path(SdJwt.ITEM));
      if (disclosure.isPresent()) {
        if (disclosure.get().name().isPresent()) {
          throw SdJwt.invalid("a claim is disclosed where an item is hidden");
        }
        shown.add(found(disclosure.get(), at, parent, depth));
      }
    }
    return shown;
  }

  /** The disclosure of a digest; none for one that is not shown, or is a decoy. */
  private Optional<Disclosure> disclosed(JsonNode digest) throws InvalidCredentialException {
    if (!digest.isString()) {
      throw SdJwt.invalid("a digest must be text");
    }
    if (!digests.add(digest.stringValue())) {
      throw SdJwt.invalid("a digest comes twice");
    }
    return Optional.ofNullable(byDigest.get(digest.stringValue()));
  }

  private JsonNode found(Disclosure disclosure, String at, Optional<String> parent, int depth)
      throws InvalidCredentialException {
    paths.put(disclosure.text(), at);
    parent.ifPresent(outer -> parents.put(disclosure.text(), outer));
    return value(disclosure.value(), at, Optional.of(disclosure.text()), depth + 1);
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
