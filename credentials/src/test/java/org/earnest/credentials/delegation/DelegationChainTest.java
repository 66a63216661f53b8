package org.earnest.credentials.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.credentials.SelectiveFixture;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.agent.AgentRole;
import org.earnest.credentials.agent.AgentTokenClaims;
import org.earnest.credentials.delegation.BrokenLink.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class DelegationChainTest {
  private final DelegationFixture fixture = new DelegationFixture();
  private final AgentDelegation given =
      fixture.to(2, DelegationFixture.mandate(2), Optional.empty());
  private final VerifiedCredential first = fixture.verified(1, given);

  private VerifiedCredential second(Mandate mandate) {
    return fixture.verified(2, fixture.to(3, mandate, Optional.of(first)));
  }

  private static Reason reason(VerifiedCredential... credentials) {
    return ((DelegationChain.Judgement.Broken) DelegationChain.of(List.of(credentials)))
        .link()
        .reason();
  }

  @Test
  void leadsFromThePrincipalToWhoeverActs() {
    VerifiedCredential second = second(DelegationFixture.mandate(1));
    AgentDelegation last = fixture.to(4, DelegationFixture.mandate(0), Optional.of(second));
    VerifiedCredential third = fixture.verified(3, last);

    var whole = (DelegationChain.Judgement.Whole) DelegationChain.of(List.of(first, second, third));

    assertThat(whole.chain().principal()).isEqualTo(DelegationFixture.did(fixture.party(1)));
    assertThat(whole.chain().links()).hasSize(3).first().isEqualTo(given);
    assertThat(whole.chain().last()).isEqualTo(last);
  }

  @Test
  void aLinkMustBeOfThisChain() {
    VerifiedCredential second = second(DelegationFixture.mandate(1));
    VerifiedCredential another =
        fixture.verified(1, fixture.to(2, DelegationFixture.mandate(3), Optional.empty()));

    assertThat(reason(second)).isEqualTo(Reason.PARENT_MISMATCH);
    assertThat(reason(another, second)).isEqualTo(Reason.PARENT_MISMATCH);
    assertThat(reason(first, first)).isEqualTo(Reason.PARENT_MISMATCH);
    assertThat(reason(second, first)).isEqualTo(Reason.PARENT_MISMATCH);
  }

  @Test
  void aParentKeepsItsDigestInAnyOrderOfMembers() {
    ObjectNode json = first.json();
    ObjectNode reordered = json.objectNode();
    List<String> names = new ArrayList<>(json.propertyNames());
    Collections.reverse(names);
    names.forEach(name -> reordered.set(name, json.get(name)));
    assertThat(reordered.toString()).isNotEqualTo(json.toString());
    assertThat(ParentDigest.of(fixture.received(reordered))).isEqualTo(ParentDigest.of(first));
  }

  /** Without its parent it would be the word of a principal, whom nobody asked. */
  @Test
  void aLinkWhoseHolderMayKeepItsParentBackIsNone() {
    SelectiveFixture selective = new SelectiveFixture();
    ObjectNode base =
        SelectiveFixture.issued(
            selective
                .issuer()
                .issue(
                    bytes(
                        fixture
                            .to(3, DelegationFixture.mandate(1), Optional.of(first))
                            .credential())));
    ObjectNode cut =
        SelectiveFixture.derived(
            base,
            "/credentialSubject/account",
            "/credentialSubject/action",
            "/credentialSubject/asset",
            "/credentialSubject/perDeal",
            "/credentialSubject/perDay",
            "/credentialSubject/furtherLinks");
    assertThat(cut.at("/credentialSubject").has("parent")).isFalse();
    for (ObjectNode shown : List.of(cut, SelectiveFixture.derived(base, ""))) {
      VerificationOutcome outcome = selective.verify(shown);
      assertThat(outcome).isInstanceOf(VerificationOutcome.Verified.class);
      VerifiedCredential verified = ((VerificationOutcome.Verified) outcome).credential();
      assertThat(verified.isSelective()).isTrue();
      assertThat(reason(verified)).isEqualTo(Reason.NOT_A_DELEGATION);
      assertThat(AgentDelegation.of(verified)).isEmpty();
    }
    assertThat(first.isSelective()).isFalse();
  }

  @Test
  void asAnSdJwtItHidesNothing() {
    assertThat(AgentTokenClaims.disclosable(given.credential())).isEmpty();
    ObjectNode role =
        new AgentRole(given.delegate(), "buyer", given.delegate()).credential(NOW, NOW);
    assertThat(AgentTokenClaims.disclosable(role)).contains("/role");
  }

  @Test
  void onlyTheDelegatePassesOn() {
    AgentDelegation passed = fixture.to(3, DelegationFixture.mandate(1), Optional.of(first));

    assertThat(reason(first, fixture.verified(1, passed))).isEqualTo(Reason.ISSUER_IS_NOT_DELEGATE);
    assertThat(reason(first, fixture.verified(3, passed))).isEqualTo(Reason.ISSUER_IS_NOT_DELEGATE);
  }

  enum Widened {
    LINKS(Reason.LINKS_EXCEEDED) {
      @Override
      Mandate of(Mandate m) {
        return new Mandate(m.actions(), m.limit(), 2, m.validFrom(), m.validUntil());
      }
    },
    ACTIONS(Reason.ACTIONS_WIDENED) {
      @Override
      Mandate of(Mandate m) {
        return new Mandate(
            Set.of(Mandate.OPEN_DEAL, "deal/rule"), m.limit(), 1, m.validFrom(), m.validUntil());
      }
    },
    ANY_ACTION(Reason.ACTIONS_WIDENED) {
      @Override
      Mandate of(Mandate m) {
        return new Mandate(Set.of("deal"), m.limit(), 1, m.validFrom(), m.validUntil());
      }
    },
    PER_DEAL(Reason.LIMIT_WIDENED) {
      @Override
      Mandate of(Mandate m) {
        return with(m, DelegationFixture.limit(101, 250));
      }
    },
    PER_DAY(Reason.LIMIT_WIDENED) {
      @Override
      Mandate of(Mandate m) {
        return with(m, DelegationFixture.limit(100, 251));
      }
    },
    TOKEN(Reason.LIMIT_WIDENED) {
      @Override
      Mandate of(Mandate m) {
        Caip19AssetId other = Caip19AssetId.parse("eip155:1/erc20:0x" + "dd".repeat(20));
        return with(m, new SpendLimit(other, m.limit().perDeal(), m.limit().perDay()));
      }
    },
    BEGIN(Reason.VALIDITY_WIDENED) {
      @Override
      Mandate of(Mandate m) {
        return new Mandate(
            m.actions(), m.limit(), 1, m.validFrom().minusSeconds(1), m.validUntil());
      }
    },
    END(Reason.VALIDITY_WIDENED) {
      @Override
      Mandate of(Mandate m) {
        return new Mandate(m.actions(), m.limit(), 1, m.validFrom(), m.validUntil().plusSeconds(1));
      }
    };

    private final Reason reason;

    Widened(Reason reason) {
      this.reason = reason;
    }

    abstract Mandate of(Mandate mandate);

    private static Mandate with(Mandate m, SpendLimit limit) {
      return new Mandate(m.actions(), limit, 1, m.validFrom(), m.validUntil());
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyPassesOnMoreThanHeWasGiven(Widened widened) {
    assertThat(reason(first, second(widened.of(DelegationFixture.mandate(1)))))
        .isEqualTo(widened.reason);
  }

  @Test
  void itsLengthIsBounded() {
    assertThat(reason()).isEqualTo(Reason.CHAIN_LENGTH);
    List<VerifiedCredential> many = Collections.nCopies(DelegationChain.MAX_LINKS + 1, first);
    assertThat(reason(many.toArray(VerifiedCredential[]::new))).isEqualTo(Reason.CHAIN_LENGTH);
  }

  @Test
  void whatIsMalformedIsNoDelegation() {
    for (String member : List.of("id", "account", "action", "asset", "perDeal", "furtherLinks")) {
      ObjectNode without = given.credential();
      ((ObjectNode) without.get("credentialSubject")).remove(member);
      assertThat(reason(fixture.verified(1, without)))
          .as(member)
          .isEqualTo(Reason.NOT_A_DELEGATION);
    }
    ObjectNode endless = given.credential();
    endless.remove("validUntil");
    assertThat(reason(fixture.verified(1, endless))).isEqualTo(Reason.NOT_A_DELEGATION);
    ObjectNode negative = given.credential();
    ((ObjectNode) negative.get("credentialSubject")).put("perDeal", "-1");
    assertThat(reason(fixture.verified(1, negative))).isEqualTo(Reason.NOT_A_DELEGATION);
    ObjectNode text = given.credential();
    ((ObjectNode) text.get("credentialSubject")).put("furtherLinks", "2");
    assertThat(reason(fixture.verified(1, text))).isEqualTo(Reason.NOT_A_DELEGATION);
    ObjectNode other =
        AgentContext.credential("AgentRoleCredential", NOW, NOW.plus(Duration.ofDays(1)));
    other.putObject("credentialSubject").put("role", "buyer");
    assertThat(reason(fixture.verified(1, other))).isEqualTo(Reason.NOT_A_DELEGATION);
  }
}
