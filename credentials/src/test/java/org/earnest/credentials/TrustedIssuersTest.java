package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.core.reputation.ReputationReader;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.credentials.TrustedIssuers.Standing;
import org.earnest.credentials.TrustedIssuers.Trust;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.testkit.reputation.ReputationReaderContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedIssuersTest {
  private static final Did ISSUER = new Did("did:example:issuer");
  private static final List<String> ROLE = List.of("VerifiableCredential", "AgentRoleCredential");
  private static final AgentId AGENT =
      AgentId.parse("eip155:1:0x1111111111111111111111111111111111111111:7");
  private static final Caip19AssetId ASSET =
      Caip19AssetId.parse("eip155:1/erc20:0x2222222222222222222222222222222222222222");

  /** Knows one agent, which earned ratings of one token. */
  private record Earned(Optional<SettledSummary> summary) implements ReputationReader {
    static Earned of(long rated, long sum) {
      return new Earned(
          Optional.of(new SettledSummary(BigInteger.TEN, rated, rated, sum, 0, 0, 0)));
    }

    @Override
    public SettledSummary settled(AgentId agent, long epoch, EvmAddress token, Hash32 tag) {
      return SettledSummary.NONE;
    }

    @Override
    public Optional<SettledSummary> earned(AgentId agent, Caip19AssetId asset) {
      if (!agent.registry().equals(AGENT.registry()) || !asset.chain().equals(ASSET.chain())) {
        return Optional.empty();
      }
      return agent.equals(AGENT) && asset.equals(ASSET)
          ? summary
          : Optional.of(SettledSummary.NONE);
    }
  }

  @Nested
  class TheFake implements ReputationReaderContract {
    private final Earned earned = Earned.of(5, 300);

    @Override
    public ReputationReader reader() {
      return earned;
    }

    @Override
    public AgentId paid() {
      return AGENT;
    }

    @Override
    public Caip19AssetId asset() {
      return ASSET;
    }

    @Override
    public SettledSummary earned() {
      return earned.summary().orElseThrow();
    }
  }

  private static TrustedIssuers of(Set<String> types) {
    return new TrustedIssuers(Map.of(ISSUER, new Trust(types, Optional.empty())), Optional.empty());
  }

  private static TrustedIssuers standing(Optional<ReputationReader> reader) {
    Standing standing = new Standing(AGENT, ASSET, 60, 5);
    return new TrustedIssuers(Map.of(ISSUER, new Trust(Set.of(), Optional.of(standing))), reader);
  }

  private static CredentialRefusal refusal(TrustPolicy policy, Did issuer, List<String> types) {
    try {
      policy.judge(issuer, types);
      throw new AssertionError("it was believed");
    } catch (InvalidCredentialException refused) {
      return refused.refusal();
    }
  }

  @Test
  void anIssuerIsBelievedForWhatItIsNamedFor() throws InvalidCredentialException {
    assertThat(of(Set.of()).judge(ISSUER, ROLE)).contains("accepted");
    assertThat(of(Set.of("AgentRoleCredential")).judge(ISSUER, ROLE)).contains("accepted");
    assertThat(refusal(of(Set.of("Other")), ISSUER, ROLE)).isEqualTo(CredentialRefusal.NOT_TRUSTED);
    assertThat(refusal(of(Set.of()), new Did("did:example:other"), ROLE))
        .isEqualTo(CredentialRefusal.NOT_TRUSTED);
  }

  @Test
  void oneTypeMoreThanIsBelievedIsTooMuch() {
    List<String> both = List.of("VerifiableCredential", "AgentRoleCredential", "Other");
    assertThat(refusal(of(Set.of("AgentRoleCredential")), ISSUER, both))
        .isEqualTo(CredentialRefusal.NOT_TRUSTED);
    assertThat(refusal(of(Set.of("Other")), ISSUER, List.of("VerifiableCredential")))
        .isEqualTo(CredentialRefusal.NOT_TRUSTED);
  }

  @ParameterizedTest
  @CsvSource({"5,300,true", "6,360,true", "5,299,false", "4,400,false", "0,0,false"})
  void itsAgentMustHaveSettledWellAndOftenEnough(long rated, long sum, boolean believed)
      throws InvalidCredentialException {
    TrustedIssuers policy = standing(Optional.of(Earned.of(rated, sum)));
    if (believed) {
      assertThat(policy.judge(ISSUER, ROLE)).contains(rated + " rated settlements");
    } else {
      assertThat(refusal(policy, ISSUER, ROLE)).isEqualTo(CredentialRefusal.NOT_TRUSTED);
    }
  }

  @Test
  void whatNobodyKnowsIsNotBelieved() {
    assertThat(refusal(standing(Optional.empty()), ISSUER, ROLE))
        .isEqualTo(CredentialRefusal.NOT_TRUSTED);
    assertThat(refusal(standing(Optional.of(new Earned(Optional.empty()))), ISSUER, ROLE))
        .isEqualTo(CredentialRefusal.TRUST_UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "101,1", "50,0"})
  void aStandingIsWithinItsBounds(int average, long rated) {
    assertThatThrownBy(() -> new Standing(AGENT, ASSET, average, rated))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
