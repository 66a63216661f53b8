package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a facilitator asks the node about claims. */
class ChannelQuestionsIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();
  private static final String CLAIM_REFUSED =
      "invalid_batch_settlement_evm_claim_simulation_failed";

  private Facilitator facilitator;
  private ChannelTerms terms;

  @BeforeAll
  static void install() {
    Channels.install(world);
  }

  @BeforeEach
  void open() {
    facilitator = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc));
    terms = Channels.terms(world, PRICE, AUTHORIZER.address());
  }

  private SettleResponse settle(ChannelTerms by, ChannelPayload payload) {
    return facilitator.settle(Channels.request(by, payload));
  }

  private static void refused(SettleResponse response, String reason) {
    assertThat(response.errorReason()).contains(reason);
  }

  @Test
  void whatIsNotSignedCostsNoQuestionToTheNode() {
    VoucherClaim[] many =
        Stream.generate(() -> Channels.claim(terms, LocalSigner.random(), PRICE, 1))
            .limit(20)
            .toArray(VoucherClaim[]::new);
    VoucherClaim forged =
        new VoucherClaim(
            many[0].channel(), BigInteger.TEN, many[0].signature(), BigInteger.valueOf(2));
    long calls = calls();

    refused(
        settle(terms, new ChannelPayload.Claim(List.of(many), Optional.empty())),
        "invalid_batch_settlement_evm_authorizer_not_configured");
    refused(settle(terms, Channels.claim(terms, AUTHORIZER, forged)), CLAIM_REFUSED);
    assertThat(calls()).isEqualTo(calls);

    refused(settle(terms, Channels.claim(terms, LocalSigner.random(), many)), CLAIM_REFUSED);
    assertThat(calls()).as("whether the authorizer is a wallet").isEqualTo(calls + 1);
  }

  @Test
  void whatManyClaimsAddIsOneQuestionToTheNode() {
    VoucherClaim[] nothing =
        Stream.generate(() -> Channels.claim(terms, LocalSigner.random(), PRICE, 0))
            .limit(20)
            .toArray(VoucherClaim[]::new);
    long calls = calls();

    refused(
        settle(terms, Channels.claim(terms, AUTHORIZER, nothing)),
        "invalid_batch_settlement_evm_cumulative_below_claimed");

    assertThat(calls()).isEqualTo(calls + 1);
  }

  private static long calls() {
    return world.proxy.calls("eth_call") + world.proxy.calls("eth_getCode");
  }
}
