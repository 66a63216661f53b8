package org.earnest.credentials.edge;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.kit.http.Problem;
import tools.jackson.databind.JsonNode;

/**
 * What statuses a request to issue wants, each by its purpose.
 *
 * @param purposes in the order of their kinds; a message needs its words, which only the issuer's
 *     own program has
 * @param named the id by which they are changed later; the credential's own unless told
 */
record WantedStatuses(Set<StatusPurpose> purposes, Optional<String> named) {
  static final String PURPOSES = "statusPurposes";
  static final String CREDENTIAL_ID = "credentialId";

  /**
   * Reads a request's options.
   *
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request}
   */
  static WantedStatuses of(VcApiRequest request) {
    Optional<String> named = request.text(CREDENTIAL_ID);
    named.ifPresent(StatusLists::requireFindable);
    return new WantedStatuses(purposes(request), named);
  }

  /** The id that was told, or this where it is a text that says something. */
  Optional<String> credentialId(JsonNode own) {
    return named.or(() -> Optional.of(own.asString("")).filter(text -> !text.isEmpty()));
  }

  private static Set<StatusPurpose> purposes(VcApiRequest request) {
    JsonNode wanted = request.options().path(PURPOSES);
    boolean unclear = request.credential().has("credentialStatus") || !wanted.isArray();
    if (!wanted.isMissingNode() && (unclear || wanted.isEmpty())) {
      throw Problem.invalidRequest(PURPOSES + " must be an array, and credentialStatus absent")
          .asException();
    }
    Set<StatusPurpose> purposes = EnumSet.noneOf(StatusPurpose.class);
    for (JsonNode one : wanted) {
      purposes.add(
          StatusPurpose.of(one.asString(""))
              .filter(purpose -> purpose != StatusPurpose.MESSAGE)
              .orElseThrow(
                  () ->
                      Problem.invalidRequest(PURPOSES + " are revocation, suspension and refresh")
                          .asException()));
    }
    return purposes;
  }
}
