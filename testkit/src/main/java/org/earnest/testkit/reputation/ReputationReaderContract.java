package org.earnest.testkit.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.ReputationReader;
import org.earnest.core.reputation.SettledSummary;
import org.junit.jupiter.api.Test;

/** What holds of every {@link ReputationReader}. */
public interface ReputationReaderContract {
  Caip2ChainId ANOTHER_CHAIN = Caip2ChainId.eip155(424_242);
  EvmAddress NOBODYS = new EvmAddress("0x" + "0d".repeat(20));
  BigInteger UNREGISTERED = BigInteger.ONE.shiftLeft(200);

  /** The reader to be judged, which follows one registry. */
  ReputationReader reader();

  /** An agent that earned something. */
  AgentId paid();

  /** What it was paid in. */
  Caip19AssetId asset();

  /** What it earned. */
  SettledSummary earned();

  @Test
  default void tellsWhatAnAgentEarned() {
    assertThat(earned()).isNotEqualTo(SettledSummary.NONE);
    assertThat(reader().earned(paid(), asset())).contains(earned());
  }

  @Test
  default void tellsThatNothingWasEarned() {
    AgentId unregistered = new AgentId(paid().registry(), UNREGISTERED);
    Caip19AssetId other = new Caip19AssetId(asset().chain(), NOBODYS);
    assertThat(reader().earned(unregistered, asset())).contains(SettledSummary.NONE);
    assertThat(reader().earned(paid(), other)).contains(SettledSummary.NONE);
  }

  @Test
  default void cannotSayWhatItDoesNotFollow() {
    AgentId elsewhere =
        new AgentId(new Caip10AccountId(paid().registry().chain(), NOBODYS), paid().tokenId());
    Caip19AssetId otherChain = new Caip19AssetId(ANOTHER_CHAIN, asset().token());
    assertThat(reader().earned(elsewhere, asset())).isEmpty();
    assertThat(reader().earned(paid(), otherChain)).isEmpty();
  }
}
