package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import org.earnest.core.chain.Caip2ChainId;
import org.earnest.reputation.chain.CanonicalDeployments;
import org.junit.jupiter.api.Test;

class CanonicalDeploymentsTest {
  @Test
  void mainAndTestNetworksHaveEachTheirOwnAndOthersNone() {
    assertThat(CanonicalDeployments.chains()).contains(1L, 8453L, 11155111L, 84532L);
    assertThat(CanonicalDeployments.on(Caip2ChainId.eip155(1)))
        .isEqualTo(CanonicalDeployments.on(Caip2ChainId.eip155(8453)))
        .isPresent();
    assertThat(CanonicalDeployments.on(Caip2ChainId.eip155(84532)))
        .isEqualTo(CanonicalDeployments.on(Caip2ChainId.eip155(11155111)))
        .isPresent()
        .isNotEqualTo(CanonicalDeployments.on(Caip2ChainId.eip155(1)));
    assertThat(CanonicalDeployments.on(Caip2ChainId.eip155(31337))).isEmpty();
  }

  @Test
  void everyListedChainHasThem() {
    assertThat(CanonicalDeployments.chains())
        .allSatisfy(
            chain ->
                assertThat(CanonicalDeployments.on(Caip2ChainId.eip155(chain)))
                    .hasValueSatisfying(
                        registries ->
                            assertThat(registries.identity().hex()).startsWith("0x8004")));
  }
}
