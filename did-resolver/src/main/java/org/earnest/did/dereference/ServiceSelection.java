package org.earnest.did.dereference;

import java.util.Optional;

/**
 * The DID parameters that choose a service (DID Resolution 1.0 §3).
 *
 * @param service a fragment, or a whole id
 * @param relativeRef resolved against each endpoint
 */
public record ServiceSelection(
    Optional<String> service, Optional<String> serviceType, Optional<String> relativeRef) {
  /** No service is asked for. */
  public static final ServiceSelection NONE =
      new ServiceSelection(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether a service is asked for. */
  public boolean isPresent() {
    return service.isPresent() || serviceType.isPresent();
  }
}
