package org.earnest.credentials;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.core.reputation.ReputationReader;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Believes the issuers that a relying party names, each for what it says of it, and as long as its
 * agent's settled reputation reaches what is asked for.
 */
public final class TrustedIssuers implements TrustPolicy {
  private final Map<Did, Trust> accepted;
  private final Optional<ReputationReader> reputation;

  /**
   * Believes these.
   *
   * @param reputation who is asked what agents earned; where nobody is, whoever needs a reputation
   *     is not believed
   */
  public TrustedIssuers(Map<Did, Trust> accepted, Optional<ReputationReader> reputation) {
    this.accepted = Map.copyOf(accepted);
    this.reputation = reputation;
  }

  /**
   * How far an issuer is believed.
   *
   * @param types of credentials, each of which a credential's own must be among; empty for all
   * @param standing that its agent must have; empty for none
   */
  public record Trust(Set<String> types, Optional<Standing> standing) {
    public Trust {
      types = Set.copyOf(types);
    }
  }

  /**
   * What an agent must have settled under its present owner.
   *
   * @param agent that the relying party takes for the issuer's; nothing here proves that it is
   * @param asset of the settlements
   * @param averageAtLeast that the average rating reaches, 0 to {@link #MAX_AVERAGE}
   * @param ratedAtLeast over at least so many rated settlements, 1 or more
   */
  public record Standing(
      AgentId agent, Caip19AssetId asset, int averageAtLeast, long ratedAtLeast) {
    public static final int MAX_AVERAGE = 100;

    public Standing {
      if (averageAtLeast < 0 || averageAtLeast > MAX_AVERAGE || ratedAtLeast < 1) {
        throw new IllegalArgumentException(
            "an average of 0 to %d over 1 or more ratings expected".formatted(MAX_AVERAGE));
      }
    }

    private boolean isReachedBy(SettledSummary earned) {
      return earned.rated() >= ratedAtLeast
          && earned.ratingSum() >= Math.multiplyExact(averageAtLeast, earned.rated());
    }
  }

  @Override
  public String judge(Did issuer, List<String> types) throws InvalidCredentialException {
    Trust trust = accepted.get(issuer);
    if (trust == null) {
      throw notTrusted("the issuer is none of those that are accepted");
    }
    List<String> own = types.stream().filter(type -> !type.equals(Credential.BASE_TYPE)).toList();
    if (!trust.types.isEmpty() && (own.isEmpty() || !trust.types.containsAll(own))) {
      throw notTrusted("the issuer is not accepted for " + own);
    }
    return trust.standing.isPresent()
        ? "the issuer is accepted, and " + reached(trust.standing.get())
        : "the issuer is accepted";
  }

  private String reached(Standing standing) throws InvalidCredentialException {
    SettledSummary earned =
        reputation
            .orElseThrow(() -> notTrusted("nobody here knows what agents settled"))
            .earned(standing.agent, standing.asset)
            .orElseThrow(
                () ->
                    new InvalidCredentialException(
                        CredentialRefusal.TRUST_UNAVAILABLE,
                        "what the issuer's agent settled is not known yet"));
    String found =
        "its agent has %d rated settlements with %d points in all"
            .formatted(earned.rated(), earned.ratingSum());
    if (!standing.isReachedBy(earned)) {
      throw notTrusted(
          "%s, not %d with %d on average"
              .formatted(found, standing.ratedAtLeast, standing.averageAtLeast));
    }
    return found;
  }

  private static InvalidCredentialException notTrusted(String detail) {
    return new InvalidCredentialException(CredentialRefusal.NOT_TRUSTED, detail);
  }
}
