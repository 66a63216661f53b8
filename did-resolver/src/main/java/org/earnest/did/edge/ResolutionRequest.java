package org.earnest.did.edge;

import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolution.Refused;
import org.earnest.core.identity.DidResolver;

/** Reads what a client asks to resolve, and has it resolved. */
final class ResolutionRequest {
  /** Options that change nothing here: no relative URLs are ever written, and nothing is cached. */
  private static final Set<String> HARMLESS_OPTIONS = Set.of("expandRelativeUrls", "noCache");

  /** DID parameters and options of the specification that no method here supports. */
  private static final Set<String> UNSUPPORTED_OPTIONS =
      Set.of("versionId", "versionTime", "hl", "service", "serviceType", "relativeRef");

  private ResolutionRequest() {}

  static DidResolution resolve(DidResolver resolver, String text, Set<String> options) {
    for (String option : options) {
      if (UNSUPPORTED_OPTIONS.contains(option)) {
        return new Refused(ErrorType.FEATURE_NOT_SUPPORTED, option + " is not supported");
      }
      if (!HARMLESS_OPTIONS.contains(option)) {
        return new Refused(ErrorType.INVALID_OPTIONS, "unknown option; known: " + HARMLESS_OPTIONS);
      }
    }
    return resolve(resolver, text);
  }

  private static DidResolution resolve(DidResolver resolver, String text) {
    int end = text.length();
    for (char mark : new char[] {'/', '?', '#'}) {
      int at = text.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    Did did;
    try {
      did = new Did(text.substring(0, end));
    } catch (IllegalArgumentException malformed) {
      return new Refused(ErrorType.INVALID_DID, String.valueOf(malformed.getMessage()));
    }
    return end == text.length()
        ? resolver.resolve(did)
        : new Refused(
            ErrorType.FEATURE_NOT_SUPPORTED,
            "dereferencing is not supported; resolve the DID without path, query and fragment");
  }
}
