package org.earnest.escrow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.decide.SampleTerms;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.StructuredDataEncoder;

/** What a wallet makes of the typed data is the digest that the contract checks. */
class TypedDataTest {
  private static final EvmAddress CLIENT = new EvmAddress("0x" + "c1".repeat(20));
  private static final EvmAddress PAYEE = new EvmAddress("0x" + "ea".repeat(20));
  private static final EvmAddress TOKEN = new EvmAddress("0x" + "70".repeat(20));
  private static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));

  private final EscrowBounds bounds =
      new EscrowBounds(
          Caip2ChainId.eip155(31337), new EvmAddress("0x" + "e5".repeat(20)), List.of());

  @Test
  void ofTermsIsTheDealsId() throws IOException {
    SampleTerms sample = new SampleTerms(CLIENT, PAYEE, TOKEN, 1_800_000_000L);
    sample.legs = 3;
    DealTerms terms = sample.build();
    assertThat(digest(TypedData.terms(bounds.domain(), terms)))
        .isEqualTo(bounds.typedData().dealId(terms).digest());
  }

  @Test
  void ofTheAuthorizationIsItsDigest() throws IOException {
    Eip712Domain token = new Eip712Domain("USD Coin", "2", bounds.chain(), TOKEN);
    ReceiveWithAuthorization by =
        new ReceiveWithAuthorization(
            CLIENT, bounds.escrow(), BigInteger.TEN, BigInteger.ZERO, BigInteger.TWO, WORK);
    assertThat(digest(TypedData.authorization(token, by))).isEqualTo(by.digest(token));
  }

  @Test
  void ofVerbsIsTheirDigest() throws IOException {
    DealId deal = new DealId(WORK);
    assertThat(digest(TypedData.deliver(bounds.domain(), deal, 2, WORK, PAYEE)))
        .isEqualTo(bounds.typedData().deliver(deal, 2, WORK, PAYEE));
    assertThat(digest(TypedData.accept(bounds.domain(), deal, 2, 255)))
        .isEqualTo(bounds.typedData().accept(deal, 2, 255));
    assertThat(digest(TypedData.substitute(bounds.domain(), deal, 2)))
        .isEqualTo(bounds.typedData().substitute(deal, 2));
    Division division = new Division(BigInteger.TEN, BigInteger.TWO, 1_900_000_000L);
    assertThat(
            digest(TypedData.settle(bounds.domain(), deal, 2, LegState.DISPUTED, PAYEE, division)))
        .isEqualTo(bounds.typedData().settle(deal, 2, LegState.DISPUTED, PAYEE, division));
    for (boolean flag : new boolean[] {true, false}) {
      assertThat(digest(TypedData.dispute(bounds.domain(), deal, 2, flag, WORK)))
          .isEqualTo(bounds.typedData().dispute(deal, 2, flag, WORK));
      assertThat(digest(TypedData.rate(bounds.domain(), deal, 2, flag, 7)))
          .isEqualTo(bounds.typedData().rate(deal, 2, flag, 7));
    }
  }

  @Test
  void termsComeBackFromTheirJson() {
    DealTerms terms = new SampleTerms(CLIENT, PAYEE, TOKEN, 1_800_000_000L).build();
    byte[] json = StrictJson.write(TermsJson.write(terms));
    assertThat(TermsJson.read(StrictJson.readTree(json))).isEqualTo(terms);
  }

  private static Hash32 digest(Map<String, Object> typedData) throws IOException {
    String json = new String(StrictJson.write(typedData), StandardCharsets.UTF_8);
    return Hash32.of(new StructuredDataEncoder(json).hashStructuredData());
  }
}
