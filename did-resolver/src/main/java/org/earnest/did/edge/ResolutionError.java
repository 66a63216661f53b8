package org.earnest.did.edge;

import java.util.Locale;
import java.util.Optional;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolution.Refused;
import org.earnest.kit.http.Problem;

/** A refused resolution as a problem detail (DID Resolution 1.0 §10, RFC 9457). */
final class ResolutionError {
  /** A broken chain or host is {@code INTERNAL_ERROR}, which the specification answers with 500. */
  static final String RETRY_AFTER_SECONDS = "1";

  private ResolutionError() {}

  static Problem of(Refused refused, String traceId) {
    ErrorType error = refused.error();
    return new Problem(
        error.type(),
        title(error),
        status(error),
        refused.detail(),
        error.name().toLowerCase(Locale.ROOT),
        error == ErrorType.INTERNAL_ERROR,
        Optional.of(traceId));
  }

  private static int status(ErrorType error) {
    return switch (error) {
      case INVALID_DID, INVALID_DID_URL, INVALID_OPTIONS -> 400;
      case NOT_FOUND -> 404;
      case REPRESENTATION_NOT_SUPPORTED -> 406;
      case INVALID_DID_DOCUMENT, INTERNAL_ERROR -> 500;
      case METHOD_NOT_SUPPORTED, FEATURE_NOT_SUPPORTED -> 501;
    };
  }

  private static String title(ErrorType error) {
    return switch (error) {
      case INVALID_DID -> "Not a valid DID";
      case INVALID_DID_URL -> "Not a valid DID URL";
      case INVALID_OPTIONS -> "The resolution options are not valid";
      case NOT_FOUND -> "There is no such DID, or nothing of that name in its document";
      case REPRESENTATION_NOT_SUPPORTED -> "The representation is not supported";
      case METHOD_NOT_SUPPORTED -> "The DID method is not supported";
      case FEATURE_NOT_SUPPORTED -> "The feature is not supported";
      case INVALID_DID_DOCUMENT -> "The DID document is not valid";
      case INTERNAL_ERROR -> "The DID could not be resolved now";
    };
  }
}
