package org.earnest.credentials;

import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/** Whom a relying party believes what. Asked last, of credentials that passed all else. */
@FunctionalInterface
public interface TrustPolicy {
  /** Believes every issuer. */
  TrustPolicy EVERYBODY = credential -> "every issuer is accepted";

  /**
   * Judges a credential.
   *
   * @return why it is believed, for a person
   * @throws InvalidCredentialException {@code NOT_TRUSTED}
   */
  String judge(VerifiedCredential credential) throws InvalidCredentialException;

  /** Believes these issuers, whatever they say. */
  static TrustPolicy issuers(Set<Did> accepted) {
    Set<Did> issuers = Set.copyOf(accepted);
    return credential -> {
      if (!issuers.contains(credential.issuer())) {
        throw new InvalidCredentialException(
            CredentialRefusal.NOT_TRUSTED, "the issuer is none of those that are accepted");
      }
      return "the issuer is accepted";
    };
  }
}
