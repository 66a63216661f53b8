package org.earnest.credentials;

import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Holds a credential against the schemas that it names (VC Data Model 2.0 §4.11). Fails closed: a
 * schema that cannot be had is a refusal.
 */
@FunctionalInterface
public interface SchemaCheck {
  /** Refuses every credential that names a schema, because nobody looks. */
  SchemaCheck NONE =
      (credential, carriers) -> {
        throw new InvalidCredentialException(
            CredentialRefusal.SCHEMA_UNSUPPORTED, "credentialSchema is present and not supported");
      };

  /**
   * Checks every entry of {@code credentialSchema}, and holds a schema that the credential pins
   * against its digest ({@link Credential#related}).
   *
   * @param credential that has at least one entry; its proof has been verified
   * @param carriers of credentials that carry a schema, within what this verification may fetch
   * @return what was found, for a person
   * @throws InvalidCredentialException when it does not obey, or the schema could not be had
   */
  String check(Credential credential, Carriers carriers) throws InvalidCredentialException;

  /** Verifies credentials that carry schemas ({@code JsonSchemaCredential}). */
  @FunctionalInterface
  interface Carriers {
    /**
     * Verifies the proof, the times and the status of one. Its own schema is not followed, so that
     * no chain of them is long, or a circle.
     *
     * @param carrier as it was received
     * @throws InvalidCredentialException when it does not count
     */
    Credential verified(byte[] carrier) throws InvalidCredentialException;
  }
}
