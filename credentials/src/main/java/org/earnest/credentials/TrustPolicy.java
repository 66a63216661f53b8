package org.earnest.credentials;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.core.identity.Did;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/** Whom a relying party believes what. Asked last, of credentials that passed all else. */
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

  /** Believes what both do; the other is asked where this one believes. */
  default TrustPolicy and(TrustPolicy other) {
    return (issuer, types) -> judge(issuer, types) + "; " + other.judge(issuer, types);
  }

  /** Believes these issuers, whatever they say. */
  static TrustPolicy issuers(Set<Did> accepted) {
    Set<Did> issuers = Set.copyOf(accepted);
    return (issuer, types) -> {
      if (!issuers.contains(issuer)) {
        throw notTrusted("the issuer is none of those that are accepted");
      }
      return "the issuer is accepted";
    };
  }

  /**
   * Believes issuers for some types each: every type of a credential, but for the one that all
   * have, must be among those of its issuer.
   */
  static TrustPolicy issuersOf(Map<Did, Set<String>> accepted) {
    Map<Did, Set<String>> types =
        accepted.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    return (issuer, claimed) -> {
      Set<String> allowed = types.getOrDefault(issuer, Set.of());
      List<String> special =
          claimed.stream().filter(type -> !type.equals(Credential.BASE_TYPE)).toList();
      if (special.isEmpty() || !allowed.containsAll(special)) {
        throw notTrusted("the issuer is not accepted for " + claimed);
      }
      return "the issuer is accepted for " + special;
    };
  }

  private static InvalidCredentialException notTrusted(String detail) {
    return new InvalidCredentialException(CredentialRefusal.NOT_TRUSTED, detail);
  }
}
