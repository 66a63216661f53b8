package org.earnest.credentials.sdjwt;

import java.util.List;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.node.ObjectNode;

/** What an issuer signed and a holder showed. */
public final class DisclosedClaims {
  private DisclosedClaims() {}

  /**
   * Puts disclosures into their places (RFC 9901 §7.1).
   *
   * @param payload that was signed; whoever calls verifies the signature
   * @throws InvalidCredentialException {@code DISCLOSURE_INVALID}
   */
  public static ObjectNode of(ObjectNode payload, List<String> disclosures)
      throws InvalidCredentialException {
    return Unhidden.of(payload, disclosures).claims();
  }
}
