package org.earnest.cli.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.earnest.cli.x402.Wallet;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.junit.jupiter.api.Test;

class FileSettingsTest {
  private static final EvmAddress NAMED = new EvmAddress("0x" + "70".repeat(20));

  @Test
  void whatAgentsArePaidInMostNeedsNoNaming() {
    for (String usdc : Wallet.USDC) {
      Caip19AssetId token = Caip19AssetId.parse(usdc);
      assertThat(FileSettings.NONE.paymentTokens(token.chain())).containsExactly(token.token());
      assertThat(new FileSettings(Optional.empty(), Set.of(NAMED)).paymentTokens(token.chain()))
          .containsExactlyInAnyOrder(token.token(), NAMED);
    }
    assertThat(FileSettings.NONE.paymentTokens(Caip2ChainId.eip155(31337))).isEmpty();
  }
}
