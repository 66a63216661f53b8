package org.earnest.did.edge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client may ask for: a whole result, where a service is, or the content alone. */
record AcceptedForm(String mediaType, Kind kind) {
  /** What an answer holds. */
  enum Kind {
    RESOLUTION_RESULT,
    DEREFERENCING_RESULT,
    URI_LIST,
    CONTENT
  }

  static final AcceptedForm RESULT =
      new AcceptedForm("application/did-resolution", Kind.RESOLUTION_RESULT);
  static final AcceptedForm DEREFERENCING =
      new AcceptedForm("application/did-url-dereferencing", Kind.DEREFERENCING_RESULT);
  static final AcceptedForm URI_LIST = new AcceptedForm("text/uri-list", Kind.URI_LIST);
  static final String DOCUMENT = "application/did";
  private static final List<AcceptedForm> NAMED =
      List.of(
          RESULT,
          DEREFERENCING,
          URI_LIST,
          new AcceptedForm(DOCUMENT, Kind.CONTENT),
          new AcceptedForm("application/did+ld+json", Kind.CONTENT),
          new AcceptedForm("application/did+json", Kind.CONTENT),
          new AcceptedForm("application/ld+json", Kind.CONTENT),
          new AcceptedForm("application/json", Kind.CONTENT));

  /** The Universal Resolver's clients ask so for the whole result. */
  private static final String RESULT_PROFILE = "https://w3id.org/did-resolution";

  private static final List<String> ANYTHING = List.of("*/*", "application/*");

  /** One item of an Accept header (RFC 9110 §12.5.1). */
  private record Range(String type, String parameters, double quality) {
    static Range parse(String item) {
      String[] parts = item.split(";", 2);
      String parameters = parts.length > 1 ? parts[1] : "";
      return new Range(
          parts[0].strip().toLowerCase(Locale.ROOT), parameters, qualityIn(parameters));
    }

    private static double qualityIn(String parameters) {
      return Arrays.stream(parameters.split(";", -1))
          .map(String::strip)
          .filter(parameter -> parameter.matches("q=[01](?:\\.[0-9]{0,3})?"))
          .mapToDouble(parameter -> Double.parseDouble(parameter.substring(2)))
          .findFirst()
          .orElse(1);
    }

    Optional<AcceptedForm> form(AcceptedForm byDefault) {
      if (ANYTHING.contains(type)) {
        return Optional.of(byDefault);
      }
      return parameters.contains(RESULT_PROFILE)
          ? Optional.of(RESULT)
          : NAMED.stream().filter(form -> form.mediaType.equals(type)).findFirst();
    }
  }

  /**
   * What this Accept header asks for; empty when it asks for nothing that there is.
   *
   * @param byDefault for whoever takes anything
   */
  static Optional<AcceptedForm> of(@Nullable String accept, AcceptedForm byDefault) {
    if (accept == null || accept.isBlank()) {
      return Optional.of(byDefault);
    }
    return Arrays.stream(accept.split(",", -1))
        .map(Range::parse)
        .filter(range -> range.quality > 0)
        .sorted(Comparator.<Range>comparingDouble(Range::quality).reversed())
        .flatMap(range -> range.form(byDefault).stream())
        .findFirst();
  }
}
