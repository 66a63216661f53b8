package org.earnest.credentials;

import java.time.Instant;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Asks for the status of a credential that names one (VC Data Model 2.0 §4.10). Fails closed: what
 * cannot be asked is refused.
 */
@FunctionalInterface
public interface StatusCheck {
  /** Refuses every credential that names a status, because nobody looks. */
  StatusCheck NONE =
      (credential, now) -> {
        throw new InvalidCredentialException(
            CredentialRefusal.STATUS_UNSUPPORTED, "credentialStatus is present and not supported");
      };

  /**
   * Checks every entry of {@code credentialStatus}, and holds a list that the credential pins
   * against its digest ({@link Credential#related}).
   *
   * @param credential that has at least one entry; its proof has been verified
   * @return what was found, for a person
   * @throws InvalidCredentialException when a status says no, or could not be had
   */
  String check(Credential credential, Instant now) throws InvalidCredentialException;
}
