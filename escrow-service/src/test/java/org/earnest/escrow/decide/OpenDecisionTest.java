package org.earnest.escrow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpenDecisionTest {
  private static final long NOW = 1_800_000_000L;
  private static final EvmAddress TOKEN = new EvmAddress("0x" + "70".repeat(20));
  private static final EvmAddress ESCROW = new EvmAddress("0x" + "e5".repeat(20));
  private static final BigInteger FAR = BigInteger.valueOf(NOW + 10_000);

  private final LocalSigner client = LocalSigner.random();
  private final LocalSigner payee = LocalSigner.random();
  private final LocalSigner standby = LocalSigner.random();
  private final LocalSigner stranger = LocalSigner.random();
  private final EscrowBounds bounds =
      new EscrowBounds(
          Caip2ChainId.eip155(31337), ESCROW, List.of(new AllowedToken(TOKEN, "USD Coin", "2")));

  @Test
  void letsGoodTermsPass() {
    assertThat(refusal(signed(sample().build()), Set.of())).isEmpty();
  }

  @TestFactory
  List<DynamicTest> namesTheRuleThatIsBroken() {
    return BrokenTerms.shared().entrySet().stream()
        .map(
            broken ->
                DynamicTest.dynamicTest(
                    broken.getKey(),
                    () -> {
                      SampleTerms terms = sample();
                      broken.getValue().accept(terms);
                      assertThat(code(signed(terms.build()))).contains(broken.getKey());
                    }))
        .toList();
  }

  @Test
  void opensNoDealInAnotherToken() {
    SampleTerms terms = sample();
    terms.token = new EvmAddress("0x" + "71".repeat(20));
    assertThat(code(request(terms.build(), payee, Signature.NONE))).contains("token_not_allowed");
  }

  @Test
  void refusesTermsThatAStrangerSigned() {
    DealTerms terms = sample().build();
    assertThat(code(request(terms, stranger, authorization(terms, client))))
        .contains("invalid_signature");
    assertThat(code(request(terms, payee, authorization(terms, stranger))))
        .contains("invalid_signature");
    assertThat(code(request(terms, payee, Signature.NONE))).contains("signature_missing");
    assertThat(
            code(
                new OpenRequest(
                    terms,
                    List.of(),
                    List.of(),
                    by(authorization(terms, client), BigInteger.ZERO, FAR))))
        .contains("signature_count_mismatch");
  }

  @Test
  void bindsSignaturesToChainAndEscrow() {
    DealTerms terms = sample().build();
    EscrowBounds elsewhere =
        new EscrowBounds(
            Caip2ChainId.eip155(1), ESCROW, List.of(new AllowedToken(TOKEN, "USD Coin", "2")));
    assertThat(OpenDecision.refusal(signed(terms), elsewhere, Set.of(), NOW).map(Refusal::code))
        .contains("invalid_signature");
  }

  @Test
  void leavesAContractWalletsSignatureToTheChain() {
    DealTerms terms = sample().build();
    OpenRequest request = request(terms, stranger, authorization(terms, client));
    assertThat(OpenDecision.unrecovered(request, bounds)).containsExactly(payee.address());
    assertThat(refusal(request, Set.of(payee.address()))).isEmpty();
  }

  @Test
  void takesOneSignatureForConsecutiveLegsOfOnePayee() {
    SampleTerms sample = sample();
    sample.legs = 2;
    DealTerms terms = sample.build();
    Signature consent = consent(terms, payee);
    OpenRequest request =
        new OpenRequest(
            terms,
            List.of(consent, Signature.NONE),
            List.of(),
            by(authorization(terms, client), BigInteger.ZERO, FAR));
    assertThat(refusal(request, Set.of())).isEmpty();
  }

  @Test
  void holdsTheAuthorizationsSpanWithBothEndsExclusive() {
    assertThat(spanned(NOW, NOW + 1)).contains("authorization_not_yet_valid");
    assertThat(spanned(NOW - 1, NOW)).contains("authorization_expired");
    assertThat(spanned(NOW - 1, NOW + 1)).isEmpty();
  }

  @Test
  void wantsTheStandbysSignatureToo() {
    SampleTerms sample = sample();
    sample.standby = standby.address();
    sample.callWindow = 1;
    sample.standbyTime = 1;
    DealTerms terms = sample.build();
    assertThat(code(signed(terms))).isEmpty();
    assertThat(code(request(terms, payee, authorization(terms, client))))
        .contains("signature_count_mismatch");
    assertThat(code(standingBy(terms, Signature.NONE))).contains("signature_missing");
    assertThat(code(standingBy(terms, consent(terms, stranger)))).contains("invalid_signature");
  }

  @Test
  void letsPartiesJoinLaterWhileThereIsTime() {
    SampleTerms sample = sample();
    sample.joinBy = NOW;
    DealTerms terms = sample.build();
    OpenRequest unsigned =
        new OpenRequest(
            terms,
            List.of(Signature.NONE),
            List.of(),
            by(authorization(terms, client), BigInteger.ZERO, FAR));
    assertThat(code(unsigned)).isEmpty();
    assertThat(OpenDecision.refusal(unsigned, bounds, Set.of(), NOW + 1).map(Refusal::code))
        .contains("deadline_passed");
    assertThat(OpenDecision.refusal(signed(terms), bounds, Set.of(), NOW + 1)).isEmpty();
    assertThat(code(request(terms, stranger, authorization(terms, client))))
        .as("a signature that is given must be good")
        .contains("invalid_signature");
  }

  @Test
  void takesTheClientsConsentWithEachWayToPay() {
    DealTerms terms = sample().build();
    for (LocalSigner signer : List.of(client, stranger)) {
      Signature consent = consent(terms, signer);
      for (OpenRequest.Payment payment :
          List.of(
              new OpenRequest.Credit(consent),
              new OpenRequest.Allowance(Optional.empty(), consent),
              new OpenRequest.Permit2(BigInteger.ONE, FAR, permit2(terms, signer)))) {
        Optional<String> code =
            code(new OpenRequest(terms, List.of(consent(terms, payee)), List.of(), payment));
        assertThat(code)
            .as("%s", payment)
            .isEqualTo(signer.equals(client) ? Optional.empty() : Optional.of("invalid_signature"));
      }
    }
  }

  private Signature permit2(DealTerms terms, LocalSigner signer) {
    return new Signature(
        Hex.encode(
            signer.sign(
                new Permit2Transfer(
                        TOKEN,
                        terms.total(),
                        ESCROW,
                        BigInteger.ONE,
                        FAR,
                        bounds.typedData().dealId(terms).digest())
                    .digest(bounds.chain()))));
  }

  private OpenRequest standingBy(DealTerms terms, Signature ready) {
    return new OpenRequest(
        terms,
        List.of(consent(terms, payee)),
        List.of(ready),
        by(authorization(terms, client), BigInteger.ZERO, FAR));
  }

  private Optional<String> spanned(long after, long before) {
    DealTerms terms = sample().build();
    BigInteger from = BigInteger.valueOf(after);
    BigInteger to = BigInteger.valueOf(before);
    Signature authorization = authorization(terms, client, from, to);
    return code(
        new OpenRequest(
            terms, List.of(consent(terms, payee)), List.of(), by(authorization, from, to)));
  }

  private SampleTerms sample() {
    return new SampleTerms(client.address(), payee.address(), TOKEN, NOW);
  }

  private OpenRequest signed(DealTerms terms) {
    Signature authorization =
        bounds.tokenDomain(terms.head().token()).isPresent()
            ? authorization(terms, client)
            : Signature.NONE;
    return new OpenRequest(
        terms,
        terms.legs().stream().map(leg -> consent(terms, payee)).toList(),
        terms.legs().stream()
            .filter(leg -> !leg.standby().isZero())
            .map(leg -> consent(terms, standby))
            .toList(),
        by(authorization, BigInteger.ZERO, FAR));
  }

  private OpenRequest request(DealTerms terms, LocalSigner seller, Signature authorization) {
    return new OpenRequest(
        terms, List.of(consent(terms, seller)), List.of(), by(authorization, BigInteger.ZERO, FAR));
  }

  private static OpenRequest.Authorization by(
      Signature signature, BigInteger after, BigInteger before) {
    return new OpenRequest.Authorization(after, before, signature);
  }

  private Signature consent(DealTerms terms, LocalSigner seller) {
    return new Signature(Hex.encode(seller.sign(bounds.typedData().dealId(terms).digest())));
  }

  private Signature authorization(DealTerms terms, LocalSigner buyer) {
    return authorization(terms, buyer, BigInteger.ZERO, FAR);
  }

  private Signature authorization(
      DealTerms terms, LocalSigner buyer, BigInteger after, BigInteger before) {
    DealId deal = bounds.typedData().dealId(terms);
    return new Signature(
        Hex.encode(
            buyer.sign(
                new ReceiveWithAuthorization(
                        client.address(), ESCROW, terms.total(), after, before, deal.digest())
                    .digest(bounds.tokenDomain(TOKEN).orElseThrow()))));
  }

  private Optional<String> code(OpenRequest request) {
    return refusal(request, Set.of()).map(Refusal::code);
  }

  private Optional<Refusal> refusal(OpenRequest request, Set<EvmAddress> wallets) {
    return OpenDecision.refusal(request, bounds, wallets, NOW);
  }
}
