package org.earnest.credentials.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resources that a credential pins by their digests (VC Data Model 2.0 §5.3). Nothing is fetched
 * for their sake; whoever makes use of one holds it against its digests.
 */
public final class RelatedResources {
  private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]{1,127}";

  /** RFC 6838 §4.2, with parameters. */
  private static final Pattern MEDIA_TYPE = Pattern.compile(TOKEN + "/" + TOKEN + "( *;.{1,512})?");

  private final Map<String, ContentDigests> digests;

  private RelatedResources(Map<String, ContentDigests> digests) {
    this.digests = digests;
  }

  static RelatedResources of(ObjectNode credential) throws InvalidCredentialException {
    Map<String, ContentDigests> digests = new LinkedHashMap<>();
    for (ObjectNode resource : Members.objects(credential, "relatedResource")) {
      String id =
          Members.url(resource, "id")
              .orElseThrow(() -> Members.invalid("relatedResource must have an id"));
      requireMediaType(resource.path("mediaType"));
      ContentDigests given = ContentDigests.of(resource);
      if (given.isEmpty()) {
        throw Members.invalid("relatedResource must have digestSRI or digestMultibase");
      }
      if (digests.put(id, given) != null) {
        throw Members.invalid("relatedResource names one resource twice");
      }
    }
    return new RelatedResources(digests);
  }

  private static void requireMediaType(JsonNode type) throws InvalidCredentialException {
    if (!type.isMissingNode() && !MEDIA_TYPE.matcher(type.asString("")).matches()) {
      throw Members.invalid("a related resource's mediaType must be a media type");
    }
  }

  /** The URLs of all, in their order. */
  public List<String> ids() {
    return List.copyOf(digests.keySet());
  }

  /**
   * Requires a resource that is made use of to be the one that was meant; one that is not listed is
   * not pinned.
   *
   * @throws InvalidCredentialException {@code RESOURCE_MISMATCH}
   */
  public void require(String url, byte[] content) throws InvalidCredentialException {
    ContentDigests given = digests.get(url);
    if (given != null && !given.match(content)) {
      throw new InvalidCredentialException(
          CredentialRefusal.RESOURCE_MISMATCH,
          "the related resource %s is another than its digest says".formatted(url));
    }
  }

  /** As {@link #require(String, byte[])}, of every context that is known here. */
  void require(KnownContexts contexts) throws InvalidCredentialException {
    for (String id : digests.keySet()) {
      String held = contexts.documents().get(id);
      if (held != null) {
        require(id, held.getBytes(UTF_8));
      }
    }
  }
}
