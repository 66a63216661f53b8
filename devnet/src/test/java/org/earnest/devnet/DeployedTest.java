package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.junit.jupiter.api.Test;

class DeployedTest {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31_337);

  @Test
  void contractsHaveAddressesOfTheirOwn() {
    Deployed deployed = Deployment.addresses(CHAIN);
    assertThat(
            List.of(
                deployed.usdc(),
                deployed.identityRegistry(),
                deployed.reputationRegistry(),
                deployed.validationRegistry(),
                deployed.dealEscrow(),
                deployed.didRegistry(),
                deployed.credentialAnchor(),
                deployed.callBatch()))
        .doesNotHaveDuplicates();
    assertThat(deployed.usdcAsset()).hasToString("eip155:31337/erc20:" + deployed.usdc());
  }

  @Test
  void theAddressesDoNotDependOnTheChain() {
    assertThat(Deployment.addresses(Caip2ChainId.eip155(1)).dealEscrow())
        .isEqualTo(Deployment.addresses(CHAIN).dealEscrow());
  }
}
