package org.earnest.core.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {
  private static final long SEED = 8004;

  private static final String ADDRESS = "0x5fbdb2315678afecb367f032d93f642f64180aa3";

  @Test
  void addressesAreEqualWhateverTheirCase() {
    assertThat(new EvmAddress("0x5FbDB2315678afecb367f032d93F642f64180aa3"))
        .isEqualTo(new EvmAddress(ADDRESS))
        .hasToString(ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0x",
        "5fbdb2315678afecb367f032d93f642f64180aa3",
        "0X5fbdb2315678afecb367f032d93f642f64180aa3",
        "0x5fbdb2315678afecb367f032d93f642f64180aa",
        "0x5fbdb2315678afecb367f032d93f642f64180aa33",
        "0x5fbdb2315678afecb367f032d93f642f64180aag",
        "0x5fbdb2315678afecb367f032d93f642f64180aa٣",
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new EvmAddress(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eip155:1", "eip155:31337", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"})
  void chainIdsAreWrittenAsTheyWereRead(String text) {
    assertThat(Caip2ChainId.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "eip155",
        "eip155:",
        ":1",
        "eip155:0",
        "eip155:01",
        "eip155:-1",
        "eip155:0x1",
        "eip155:1:2",
        "eip155:99999999999999999999",
        "EIP155:1",
        "eip155:1 ",
      })
  void whatIsNoChainIdIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Caip2ChainId.parse(text));
  }

  @Test
  void accountsAndAssetsSurviveTheirText() {
    String account = "eip155:31337:" + ADDRESS;
    String asset = "eip155:31337/erc20:" + ADDRESS;
    assertThat(Caip10AccountId.parse(account)).hasToString(account);
    assertThat(Caip19AssetId.parse(asset)).hasToString(asset);
  }

  @Test
  void hexReadsWhatItWrote() {
    byte[] bytes = {0, 1, 127, (byte) 128, (byte) 255};
    assertThat(Hex.encode(bytes)).isEqualTo("0x00017f80ff");
    assertThat(Hex.decode("0x00017F80ff")).isEqualTo(bytes);
    assertThat(Hex.decode("0x")).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> Hex.decode("00"));
    assertThatIllegalArgumentException().isThrownBy(() -> Hex.decode("0x0"));
  }

  @Test
  void hexIsNormalisedWhereItCouldBeDecodedAndRefusedWhereNot() {
    Random random = new Random(SEED);
    String characters = "0123456789abcdefABCDEFgG xX\u0660";
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(20) == 0 ? "0X" : "0x");
      int known = random.nextInt(10) == 0 ? characters.length() : 22;
      for (int n = random.nextInt(9); n > 0; n--) {
        text.append(characters.charAt(random.nextInt(known)));
      }
      String hex = text.toString();
      Optional<String> wanted = Optional.empty();
      try {
        wanted = Optional.of(Hex.encode(Hex.decode(hex)));
      } catch (IllegalArgumentException malformed) {
        refused++;
      }
      if (wanted.isEmpty()) {
        assertThatIllegalArgumentException().as(hex).isThrownBy(() -> Hex.normalise(hex));
      } else {
        assertThat(Hex.normalise(hex)).isEqualTo(wanted.get());
      }
    }
    assertThat(refused).as("seed %d", SEED).isBetween(1_000, 4_000);
  }
}
