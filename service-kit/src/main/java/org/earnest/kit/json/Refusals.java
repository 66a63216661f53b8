package org.earnest.kit.json;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What was wrong with a document, in words for its sender. */
final class Refusals {
  private Refusals() {}

  static String cause(JacksonException refused) {
    return switch (refused) {
      case StreamConstraintsException bound -> "a bound is exceeded: " + bound.getOriginalMessage();
      case StreamReadException syntax when isDuplicate(syntax) -> "a member is given twice";
      case StreamReadException syntax -> "not well-formed JSON";
      case MismatchedInputException mismatch ->
          "member " + member(mismatch) + " has not the expected form";
      case DatabindException binding when !argument(binding).isEmpty() ->
          "member " + member(binding) + ": " + argument(binding);
      default -> "not the expected JSON";
    };
  }

  private static boolean isDuplicate(StreamReadException syntax) {
    return syntax.getOriginalMessage().startsWith("Duplicate Object property");
  }

  /** A record's own constructor refused the value; its sentence is meant to be read. */
  private static String argument(DatabindException binding) {
    return binding.getCause() instanceof IllegalArgumentException refused
        ? Objects.requireNonNullElse(refused.getMessage(), "")
        : "";
  }

  private static String member(DatabindException refused) {
    List<JacksonException.Reference> path = refused.getPath();
    return path.isEmpty()
        ? "(root)"
        : path.stream().map(Refusals::name).collect(Collectors.joining("."));
  }

  private static String name(JacksonException.Reference reference) {
    return reference.getPropertyName() == null
        ? Integer.toString(reference.getIndex())
        : reference.getPropertyName();
  }
}
