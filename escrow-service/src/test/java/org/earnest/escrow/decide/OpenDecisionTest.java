package org.earnest.escrow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.LocalSigner;
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
                    terms, List.of(), by(authorization(terms, client), BigInteger.ZERO, FAR))))
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
            by(authorization(terms, client), BigInteger.ZERO, FAR));
    assertThat(refusal(request, Set.of())).isEmpty();
  }

  @Test
  void holdsTheAuthorizationsSpanWithBothEndsExclusive() {
    assertThat(spanned(NOW, NOW + 1)).contains("authorization_not_yet_valid");
    assertThat(spanned(NOW - 1, NOW)).contains("authorization_expired");
    assertThat(spanned(NOW - 1, NOW + 1)).isEmpty();
  }

  private Optional<String> spanned(long after, long before) {
    DealTerms terms = sample().build();
    BigInteger from = BigInteger.valueOf(after);
    BigInteger to = BigInteger.valueOf(before);
    Signature authorization = authorization(terms, client, from, to);
    return code(
        new OpenRequest(terms, List.of(consent(terms, payee)), by(authorization, from, to)));
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
        by(authorization, BigInteger.ZERO, FAR));
  }

  private OpenRequest request(DealTerms terms, LocalSigner seller, Signature authorization) {
    return new OpenRequest(
        terms, List.of(consent(terms, seller)), by(authorization, BigInteger.ZERO, FAR));
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
