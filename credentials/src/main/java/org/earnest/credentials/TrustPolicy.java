package org.earnest.credentials;

import java.util.List;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Whom a relying party believes what. Asked of credentials that passed all else, before the
 * challenge is used up: what may pass later must be able to come again. A presentation of nothing
 * passes {@link #EVERYBODY} alone.
 */
@FunctionalInterface
public interface TrustPolicy {
  /** Believes every issuer. */
  TrustPolicy EVERYBODY = (issuer, types) -> "every issuer is accepted";

  /**
   * Judges who says what.
   *
   * @param types of the credential as it writes them, or the {@code vct} of an SD-JWT VC
   * @return why it is believed, for a person
   * @throws InvalidCredentialException {@code NOT_TRUSTED}, or {@code TRUST_UNAVAILABLE} where
   *     nobody can say now
   */
  String judge(Did issuer, List<String> types) throws InvalidCredentialException;

  /** Believes these issuers, whatever they say. */
  static TrustPolicy issuers(Set<Did> accepted) {
    Set<Did> issuers = Set.copyOf(accepted);
    return (issuer, types) -> {
      if (!issuers.contains(issuer)) {
        throw new InvalidCredentialException(
            CredentialRefusal.NOT_TRUSTED, "the issuer is none of those that are accepted");
      }
      return "the issuer is accepted";
    };
  }
}
