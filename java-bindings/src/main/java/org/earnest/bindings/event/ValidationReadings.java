package org.earnest.bindings.event;

import org.earnest.bindings.contract.CredentialAnchor;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.core.chain.ChainLog;

/** How the events of what others vouch for become ours. */
final class ValidationReadings {
  private ValidationReadings() {}

  static ValidationEvent requested(ChainLog log) {
    LogValues values = LogValues.of(ValidationRegistry.VALIDATIONREQUEST_EVENT, log);
    return new ValidationEvent.Requested(
        values.indexedAddress(0), values.indexedUint(1), values.text(0), values.indexedHash(2));
  }

  static ValidationEvent responded(ChainLog log) {
    LogValues values = LogValues.of(ValidationRegistry.VALIDATIONRESPONSE_EVENT, log);
    return new ValidationEvent.Responded(
        values.indexedAddress(0),
        values.indexedUint(1),
        values.indexedHash(2),
        values.small(0),
        values.text(1),
        values.hash(2),
        values.text(3));
  }

  static AnchorEvent anchored(ChainLog log) {
    LogValues values = LogValues.of(CredentialAnchor.ANCHORED_EVENT, log);
    return new AnchorEvent.Anchored(values.indexedAddress(0), values.indexedHash(1));
  }
}
