package org.earnest.did.edge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.dereference.ServiceSelection;

/**
 * What a client asks: a DID or DID URL and options. Parameters may stand in the DID URL, or in the
 * request's own query, where an unencoded DID URL has them end up.
 */
record IdentifierRequest(
    Did did,
    Optional<String> fragment,
    ServiceSelection services,
    ResolutionOptions options,
    boolean expandRelativeUrls) {
  private static final Set<String> KNOWN =
      Set.of(
          "versionId",
          "versionTime",
          "service",
          "serviceType",
          "relativeRef",
          "noCache",
          "expandRelativeUrls");

  /** Defined by the specification, and not supported here. */
  private static final Set<String> UNSUPPORTED = Set.of("hl", "verificationRelationship");

  private static final Set<String> MARKS = Set.of("/", "?", "#");

  /** Whether more than a document is asked for. */
  boolean isDereferencing() {
    return fragment.isPresent() || services.isPresent();
  }

  static IdentifierRequest parse(String text, Map<String, List<String>> query)
      throws RefusedRequestException {
    DidUrl url = url(text);
    if (url.path().isPresent()) {
      throw new RefusedRequestException(
          ErrorType.NOT_FOUND, "no method here has anything below a path");
    }
    Map<String, String> parameters = new HashMap<>();
    for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
      for (String value : parameter.getValue()) {
        put(parameters, parameter.getKey(), value);
      }
    }
    if (url.query().isPresent()) {
      for (String pair : url.query().get().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        put(parameters, decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
      }
    }
    return of(url, parameters);
  }

  private static IdentifierRequest of(DidUrl url, Map<String, String> parameters)
      throws RefusedRequestException {
    ServiceSelection services =
        new ServiceSelection(
            Optional.ofNullable(parameters.get("service")),
            Optional.ofNullable(parameters.get("serviceType")),
            Optional.ofNullable(parameters.get("relativeRef")));
    if (services.relativeRef().isPresent() && !services.isPresent()) {
      throw new RefusedRequestException(
          ErrorType.INVALID_DID_URL, "relativeRef needs service or serviceType beside it");
    }
    return new IdentifierRequest(
        url.did(),
        url.fragment(),
        services,
        new ResolutionOptions(version(parameters), flag(parameters, "noCache")),
        flag(parameters, "expandRelativeUrls"));
  }

  private static DidUrl url(String text) throws RefusedRequestException {
    boolean isUrl = MARKS.stream().anyMatch(text::contains);
    try {
      return isUrl
          ? DidUrl.parse(text)
          : new DidUrl(new Did(text), Optional.empty(), Optional.empty(), Optional.empty());
    } catch (IllegalArgumentException malformed) {
      throw new RefusedRequestException(
          isUrl ? ErrorType.INVALID_DID_URL : ErrorType.INVALID_DID,
          String.valueOf(malformed.getMessage()));
    }
  }

  private static void put(Map<String, String> parameters, String name, String value)
      throws RefusedRequestException {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(value)) {
      throw new RefusedRequestException(
          ErrorType.INVALID_OPTIONS, "a parameter has characters that are not ASCII");
    }
    if (UNSUPPORTED.contains(name)) {
      throw new RefusedRequestException(
          ErrorType.FEATURE_NOT_SUPPORTED, name + " is not supported");
    }
    if (!KNOWN.contains(name)) {
      throw new RefusedRequestException(
          ErrorType.INVALID_OPTIONS, "unknown option; known: " + KNOWN.stream().sorted().toList());
    }
    if (parameters.put(name, value) != null) {
      throw new RefusedRequestException(ErrorType.INVALID_OPTIONS, name + " is given twice");
    }
  }

  /** A plus is a plus in a DID URL, unlike in a form. */
  private static String decode(String text) throws RefusedRequestException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new RefusedRequestException(
          ErrorType.INVALID_DID_URL, "a parameter is not percent-encoded as it should be");
    }
  }

  private static Optional<DidVersion> version(Map<String, String> parameters)
      throws RefusedRequestException {
    String id = parameters.get("versionId");
    String time = parameters.get("versionTime");
    if (id != null && time != null) {
      throw new RefusedRequestException(
          ErrorType.INVALID_OPTIONS, "versionId and versionTime exclude each other");
    }
    if (time != null) {
      return Optional.of(new DidVersion.At(instant(time)));
    }
    return Optional.ofNullable(id).map(DidVersion.Id::new);
  }

  private static Instant instant(String text) throws RefusedRequestException {
    try {
      if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")) {
        return Instant.parse(text);
      }
    } catch (DateTimeException noSuchTime) {
      // Answered below, as another form is.
    }
    throw new RefusedRequestException(
        ErrorType.INVALID_OPTIONS, "versionTime must be like 2026-11-21T12:00:00Z");
  }

  private static boolean flag(Map<String, String> parameters, String name)
      throws RefusedRequestException {
    return switch (parameters.getOrDefault(name, "false")) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new RefusedRequestException(
              ErrorType.INVALID_OPTIONS, name + " must be true or false");
    };
  }
}
