package org.earnest.credentials.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.reputation.ReputationStatement;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.VerifiedSdJwt;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.agent.AgentTokenClaims;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.sdjwt.SdJwt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that holds of an agent, computed by the issuer, so that a holder can show it by
 * selective disclosure and keep the numbers behind it. That is no zero-knowledge proof: who issued
 * it knows all, and two showings can be linked by the issuer's signature.
 *
 * @param asset of the settlements
 * @param averageAtLeast that the average rating reaches, 0 to 100
 * @param ratedAtLeast over at least so many rated settlements
 */
public record RatingPredicate(Caip19AssetId asset, int averageAtLeast, long ratedAtLeast) {
  public static final String TYPE = "SettledRatingAtLeast";
  private static final String PREDICATES = "/credentialSubject/" + StatementIssuer.PREDICATE;
  private static final List<Integer> AVERAGES = List.of(50, 60, 70, 80, 90, 95);
  private static final List<Long> COUNTS = List.of(1L, 5L, 10L, 25L, 50L, 100L);

  /** Of the ladder: so many hold of a total at most. */
  static final int STEPS = AVERAGES.size() * COUNTS.size();

  /** Every step of the ladder that a total reaches: of averages and numbers that are asked for. */
  static List<RatingPredicate> heldBy(ReputationStatement.Total total) {
    SettledSummary sum = total.summary();
    List<RatingPredicate> held = new ArrayList<>();
    for (int average : AVERAGES) {
      for (long count : COUNTS) {
        if (sum.rated() >= count && sum.ratingSum() >= average * sum.rated()) {
          held.add(new RatingPredicate(total.asset(), average, count));
        }
      }
    }
    return held;
  }

  /**
   * Where a statement says this, as a pointer that a holder can derive by.
   *
   * @param statement as it was issued
   */
  public Optional<String> pointerIn(ObjectNode statement) {
    JsonNode stated = statement.at(PREDICATES);
    return IntStream.range(0, stated.size())
        .filter(place -> of(stated.get(place)).equals(Optional.of(this)))
        .mapToObj(place -> PREDICATES + "/" + place)
        .findFirst();
  }

  /**
   * The same of a statement as an SD-JWT VC.
   *
   * @throws InvalidCredentialException {@code DISCLOSURE_INVALID} where this is no SD-JWT
   */
  public Optional<String> pointerIn(SdJwt statement) throws InvalidCredentialException {
    return statement.hidden().entrySet().stream()
        .filter(entry -> of(entry.getValue()).equals(Optional.of(this)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * What a verified statement shows of its subject; empty where it is none, or shows nothing of the
   * kind.
   */
  public static List<RatingPredicate> shownBy(VerifiedCredential verified) {
    return AgentContext.defines(StatementIssuer.REPUTATION, verified)
        ? all(verified.json().at(PREDICATES))
        : List.of();
  }

  /** The same of a statement as an SD-JWT VC. */
  public static List<RatingPredicate> shownBy(VerifiedSdJwt verified) {
    return verified.type().equals(AgentTokenClaims.vct(StatementIssuer.REPUTATION))
        ? all(verified.claims().path(StatementIssuer.PREDICATE))
        : List.of();
  }

  private static List<RatingPredicate> all(JsonNode predicates) {
    return predicates.valueStream().map(RatingPredicate::of).flatMap(Optional::stream).toList();
  }

  private static Optional<RatingPredicate> of(JsonNode json) {
    JsonNode average = json.path("averageAtLeast");
    JsonNode rated = json.path("ratedAtLeast");
    boolean numbers =
        average.isIntegralNumber()
            && average.canConvertToInt()
            && rated.isIntegralNumber()
            && rated.canConvertToLong();
    if (!numbers || !json.path("type").asString("").equals(TYPE)) {
      return Optional.empty();
    }
    try {
      Caip19AssetId asset = Caip19AssetId.parse(json.path("asset").asString(""));
      return Optional.of(new RatingPredicate(asset, average.intValue(), rated.longValue()));
    } catch (IllegalArgumentException noAsset) {
      return Optional.empty();
    }
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", TYPE)
        .put("asset", asset.toString())
        .put("averageAtLeast", averageAtLeast)
        .put("ratedAtLeast", ratedAtLeast);
  }
}
