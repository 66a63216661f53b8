package org.earnest.testkit.did;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kinds of did:webvh log that its interoperation suite names ({@code didwebvh-test-suite}), in
 * logs of Earnest's own writing, seen at {@link DidVectors#NOW}.
 *
 * @param valid each resolves
 * @param hostile each is refused; those without files by their name alone
 */
public record WebvhKinds(List<DidVectors.Log> valid, List<DidVectors.Log> hostile) {
  /** The file beside this class. */
  public static final String FILE = "webvh-kinds.json";

  public WebvhKinds {
    valid = List.copyOf(valid);
    hostile = List.copyOf(hostile);
  }

  /** All of them. */
  public static WebvhKinds read() {
    try (InputStream json = Objects.requireNonNull(WebvhKinds.class.getResourceAsStream(FILE))) {
      return JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build()
          .readValue(json, WebvhKinds.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
