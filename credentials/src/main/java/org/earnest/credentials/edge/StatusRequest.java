package org.earnest.credentials.edge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.store.StatusListStore;
import org.earnest.credentials.store.StatusSeries.Form;
import org.earnest.credentials.store.StatusSlot;
import org.earnest.credentials.store.StatusWish;
import org.earnest.kit.http.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to change a status.
 *
 * @param credentialId where {@code status} names a place, of the credential that must have it
 * @param status the credential's {@code credentialStatus}; or its type and purpose alone, for
 *     whatever credentials have this id
 * @param value 0 or 1, a message's number, or a token's status
 */
record StatusRequest(Optional<String> credentialId, ObjectNode status, int value) {
  /** An entry's, and what the VC API writes where an id is named in place of an entry. */
  private static final Set<String> TYPES = Set.of(BitstringEntry.TYPE, "BitstringStatusList");

  /**
   * Reads a body.
   *
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request}
   */
  static StatusRequest read(byte[] body) {
    try {
      ObjectNode json = SignableJson.read(body);
      JsonNode id = json.path("credentialId");
      if (!(json.path("credentialStatus") instanceof ObjectNode status)
          || !(id.isMissingNode() || id.isString())) {
        throw invalid("the body must have a credentialStatus, and may have a credentialId");
      }
      return new StatusRequest(
          Optional.of(id.asString("")).filter(text -> !text.isEmpty()),
          status,
          value(json.path("status")));
    } catch (InvalidCredentialException malformed) {
      throw invalid(malformed.detail());
    }
  }

  /** What they shall say: a token's place is named without a purpose, and told its value. */
  StatusWish wish() {
    return new StatusWish(
        status.has("status_list") ? Optional.empty() : Optional.of(purpose()), value);
  }

  /** The places that are meant, as far as they are ours. */
  List<StatusSlot> slots(StatusLists lists) {
    if (status.has("status_list")) {
      return token(lists);
    }
    if (!status.has("statusListIndex")) {
      return credentialId.map(id -> lists.find(id, purpose())).orElse(List.of());
    }
    try {
      BitstringEntry entry = BitstringEntry.parse(status);
      return lists
          .idOf(entry.list().toString())
          .filter(list -> entry.index() < StatusListStore.ENTRIES)
          .map(list -> new StatusSlot(list, (int) entry.index()))
          .filter(slot -> isMeant(lists, slot, Form.BITSTRING, Optional.of(entry.purpose())))
          .map(List::of)
          .orElse(List.of());
    } catch (InvalidCredentialException malformed) {
      throw invalid(malformed.detail());
    }
  }

  /** As an SD-JWT refers to its place. */
  private List<StatusSlot> token(StatusLists lists) {
    JsonNode place = status.path("status_list");
    JsonNode index = place.path("idx");
    if (!index.isInt() || index.intValue() < 0) {
      throw invalid("status_list must have an idx and a uri");
    }
    return lists
        .idOf(place.path("uri").asString(""))
        .filter(list -> index.intValue() < StatusListStore.ENTRIES)
        .map(list -> new StatusSlot(list, index.intValue()))
        .filter(slot -> isMeant(lists, slot, Form.TOKEN, Optional.empty()))
        .map(List::of)
        .orElse(List.of());
  }

  /** A place that is another credential's, or says something else, would be set for good. */
  private boolean isMeant(
      StatusLists lists, StatusSlot slot, Form form, Optional<StatusPurpose> purpose) {
    return lists.store().isGiven(slot, form, purpose, credentialId);
  }

  private StatusPurpose purpose() {
    return StatusPurpose.of(status.path("statusPurpose").asString(""))
        .filter(purpose -> TYPES.contains(status.path("type").asString("")))
        .orElseThrow(() -> invalid("credentialStatus must have its type and a known purpose"));
  }

  /** Absent means that it is set. */
  private static int value(JsonNode status) {
    if (status.isMissingNode()) {
      return 1;
    }
    if (status.isBoolean()) {
      return status.booleanValue() ? 1 : 0;
    }
    if (status.isIntegralNumber() && status.canConvertToInt()) {
      return status.intValue();
    }
    throw invalid("status must be true, false or a number");
  }

  private static org.earnest.kit.http.ProblemException invalid(String detail) {
    return Problem.invalidRequest(detail).asException();
  }
}
