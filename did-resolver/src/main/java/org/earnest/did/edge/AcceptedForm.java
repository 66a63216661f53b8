package org.earnest.did.edge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client may ask for: the whole result of a resolution, or the document alone.
 *
 * @param wholeResult false for the document alone
 */
record AcceptedForm(String mediaType, boolean wholeResult) {
  static final AcceptedForm RESULT = new AcceptedForm("application/did-resolution", true);
  private static final List<AcceptedForm> DOCUMENTS =
      List.of(
          new AcceptedForm("application/did", false),
          new AcceptedForm("application/did+ld+json", false),
          new AcceptedForm("application/did+json", false),
          new AcceptedForm("application/ld+json", false),
          new AcceptedForm("application/json", false));

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

    Optional<AcceptedForm> form() {
      if (ANYTHING.contains(type)
          || type.equals(RESULT.mediaType)
          || parameters.contains(RESULT_PROFILE)) {
        return Optional.of(RESULT);
      }
      return DOCUMENTS.stream().filter(form -> form.mediaType.equals(type)).findFirst();
    }
  }

  /** What this Accept header asks for; empty when it asks for nothing that there is. */
  static Optional<AcceptedForm> of(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return Optional.of(RESULT);
    }
    return Arrays.stream(accept.split(",", -1))
        .map(Range::parse)
        .filter(range -> range.quality > 0)
        .sorted(Comparator.<Range>comparingDouble(Range::quality).reversed())
        .flatMap(range -> range.form().stream())
        .findFirst();
  }
}
