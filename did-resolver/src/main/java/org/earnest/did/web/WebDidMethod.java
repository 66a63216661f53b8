package org.earnest.did.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.DidMethod;
import org.earnest.did.Lifetime;
import org.earnest.did.document.DidDocumentReader;
import org.earnest.did.document.StrictJsonDocument;
import org.earnest.did.fetch.DocumentFetcher;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import tools.jackson.databind.node.ObjectNode;

/** did:web: the document is a file of a web site, and as trustworthy as the site. */
public final class WebDidMethod implements DidMethod {
  public static final String NAME = "web";

  /** How long a document is believed without asking again. */
  static final Duration FRESHNESS = Duration.ofMinutes(5);

  static final String FILE = "did.json";
  private static final String ACCEPT =
      "application/did, application/did+json, application/did+ld+json, application/json;q=0.9";
  private static final Set<String> CONTENT_TYPES =
      Set.of(
          "application/did",
          "application/did+json",
          "application/did+ld+json",
          "application/ld+json",
          "application/json");

  private final DocumentFetcher fetcher;

  public WebDidMethod(DocumentFetcher fetcher) {
    this.fetcher = fetcher;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Lifetime lifetime(Did did) {
    return new Lifetime.For(FRESHNESS);
  }

  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    WebLocation location;
    try {
      location = WebLocation.parse(did.methodSpecificId());
    } catch (IllegalArgumentException malformed) {
      return refuse(ErrorType.INVALID_DID, String.valueOf(malformed.getMessage()));
    }
    return switch (fetcher.get(location.file(FILE), ACCEPT)) {
      case Answer.Received received -> judge(did, received);
      case Answer.Forbidden(String detail) -> refuse(ErrorType.NOT_FOUND, detail);
      case Answer.Unreadable(String detail) -> refuse(ErrorType.INVALID_DID_DOCUMENT, detail);
      case Answer.Unavailable(String detail) -> refuse(ErrorType.INTERNAL_ERROR, detail);
    };
  }

  private static DidResolution judge(Did did, Answer.Received received) {
    return switch (received.status()) {
      case 200 -> read(did, received);
      case 404, 410 -> refuse(ErrorType.NOT_FOUND, "the host has no such document");
      default ->
          refuse(ErrorType.INTERNAL_ERROR, "the host answers with status " + received.status());
    };
  }

  private static DidResolution read(Did did, Answer.Received received) {
    if (!received.contentType().map(WebDidMethod::isDocument).orElse(false)) {
      return refuse(
          ErrorType.INVALID_DID_DOCUMENT,
          "the host does not call it a DID document or JSON in its Content-Type");
    }
    try {
      ObjectNode json = StrictJsonDocument.read(received.body().getBytes(UTF_8));
      return new DidResolution.Resolved(
          DidDocumentReader.read(json, did),
          DidDocumentMetadata.NONE,
          Optional.of(StrictJsonDocument.write(json)));
    } catch (IllegalArgumentException malformed) {
      return refuse(ErrorType.INVALID_DID_DOCUMENT, String.valueOf(malformed.getMessage()));
    }
  }

  private static boolean isDocument(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return CONTENT_TYPES.contains(type);
  }

  private static DidResolution refuse(ErrorType error, String detail) {
    return new DidResolution.Refused(error, detail);
  }
}
