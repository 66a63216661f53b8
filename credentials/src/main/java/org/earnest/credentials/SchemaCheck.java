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
      credential -> {
        throw new InvalidCredentialException(
            CredentialRefusal.SCHEMA_UNSUPPORTED, "credentialSchema is present and not supported");
      };

  /**
   * Checks every entry of {@code credentialSchema}.
   *
   * @param credential that has at least one entry; its proof has been verified
   * @return what was found, for a person
   * @throws InvalidCredentialException when it does not obey, or the schema could not be had
   */
  String check(Credential credential) throws InvalidCredentialException;
}
