package org.earnest.credentials.delegation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.testkit.identity.InMemoryDidResolver;
import tools.jackson.databind.node.ObjectNode;

/** Parties by the digit of their key, and delegations that they signed. */
final class DelegationFixture {
  static final Caip19AssetId USDC = Caip19AssetId.parse("eip155:1/erc20:0x" + "dc".repeat(20));

  private final InMemoryDidResolver documents = new InMemoryDidResolver();

  /** A party whose document is known from now on. */
  LocalSigner party(int digit) {
    LocalSigner signer =
        LocalSigner.didKey(KeyType.ED25519, Integer.toString(digit).repeat(32).getBytes(UTF_8));
    documents.with(
        CredentialFixture.document(
            signer.verificationMethod(),
            signer.publicKeyMultibase(),
            VerificationRelationship.ASSERTION_METHOD));
    return signer;
  }

  static Did did(LocalSigner party) {
    return party.verificationMethod().did();
  }

  static Caip10AccountId account(int digit) {
    return Caip10AccountId.parse("eip155:1:0x" + Integer.toString(digit).repeat(40));
  }

  static SpendLimit limit(long perDeal, long perDay) {
    return new SpendLimit(USDC, BigInteger.valueOf(perDeal), BigInteger.valueOf(perDay));
  }

  static Mandate mandate(int furtherLinks) {
    return new Mandate(
        Set.of(Mandate.OPEN_DEAL, "deal/accept"),
        limit(100, 250),
        furtherLinks,
        NOW.minus(Duration.ofHours(1)),
        NOW.plus(Duration.ofHours(1)));
  }

  /** A delegation to party {@code digit} with account {@code digit}. */
  AgentDelegation to(int digit, Mandate mandate, Optional<VerifiedCredential> parent) {
    return new AgentDelegation(
        did(party(digit)), account(digit), mandate, parent.map(ParentDigest::of));
  }

  VerifiedCredential verified(int issuer, AgentDelegation delegation) {
    return verified(issuer, delegation.credential());
  }

  VerifiedCredential verified(int issuer, ObjectNode unsecured) {
    IssueOutcome issued =
        new CredentialIssuer(party(issuer), AgentContext.known(), CLOCK).issue(bytes(unsecured));
    assertThat(issued).isInstanceOf(IssueOutcome.Issued.class);
    return received(((IssueOutcome.Issued) issued).credential());
  }

  VerifiedCredential received(ObjectNode secured) {
    VerificationOutcome outcome =
        CredentialVerifier.builder(documents, AgentContext.known(), CLOCK)
            .build()
            .verify(bytes(secured));
    assertThat(outcome).isInstanceOf(VerificationOutcome.Verified.class);
    return ((VerificationOutcome.Verified) outcome).credential();
  }
}
