package org.earnest.cli.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainsFileTest {
  private static final String IDENTITY = "0x" + "1".repeat(40);
  private static final String REPUTATION = "0x" + "2".repeat(40);
  private static final String VALIDATION = "0x" + "5".repeat(40);
  private static final String ESCROW = "0x" + "3".repeat(40);
  private static final String TOKEN = "0x" + "4".repeat(40);

  @TempDir Path folder;

  @Test
  void readsEveryMember() throws IOException {
    List<ChainPlan> plans =
        read(
            """
            {"chains": [
              {"chainId": 8453, "rpcUrls": ["https://base.example/KEY"]},
              {"chainId": 31337, "rpcUrls": ["http://127.0.0.1:8545", "http://127.0.0.1:8546"],
               "wsUrl": "ws://127.0.0.1:8545",
               "identity": "%s", "reputation": "%s", "validation": "%s", "escrow": "%s", "fromBlock": 7, "horizon": 12,
               "ipfsGateway": "https://ipfs.example", "paymentTokens": ["%s"]}
            ]}"""
                .formatted(IDENTITY, REPUTATION, VALIDATION, ESCROW, TOKEN));
    assertThat(plans)
        .containsExactly(
            new ChainPlan(
                Optional.of(Caip2ChainId.eip155(8453)),
                List.of(URI.create("https://base.example/KEY")),
                Optional.empty(),
                new ContractChoice.Canonical(Optional.empty(), Optional.empty()),
                OptionalLong.empty(),
                FollowSettings.DEFAULT_HORIZON,
                FileSettings.NONE),
            new ChainPlan(
                Optional.of(Caip2ChainId.eip155(31337)),
                List.of(URI.create("http://127.0.0.1:8545"), URI.create("http://127.0.0.1:8546")),
                Optional.of(URI.create("ws://127.0.0.1:8545")),
                new ContractChoice.Named(
                    new EvmAddress(IDENTITY),
                    new EvmAddress(REPUTATION),
                    Optional.of(new EvmAddress(VALIDATION)),
                    Optional.of(new EvmAddress(ESCROW))),
                OptionalLong.of(7),
                12,
                new FileSettings(
                    Optional.of(URI.create("https://ipfs.example")),
                    Set.of(new EvmAddress(TOKEN)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"chains": [                                                  | config_malformed | no JSON
          {"chains": [], "chains": []}                                  | config_malformed | no JSON
          []                                                            | config_invalid | no object
          {"chians": []}                                                | config_unknown_member | "chians"
          {"chains": {}}                                                | config_invalid | a list of 1 to 16
          {"chains": []}                                                | config_invalid | a list of 1 to 16
          {"chains": [7]}                                               | config_invalid | chains[0] is no object
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"], "horzion": 1}]} | config_unknown_member | chains[0] has no member "horzion"
          {"chains": [{"rpcUrls": ["http://h"]}]}                       | config_invalid | chainId is needed
          {"chains": [{"chainId": 0, "rpcUrls": ["http://h"]}]}         | config_invalid | chains[0]: chainId is
          {"chains": [{"chainId": "1", "rpcUrls": ["http://h"]}]}       | config_invalid | member chains.0.chainId has not the expected form at line 1
          {"chains": [{"chainId": 1.5, "rpcUrls": ["http://h"]}]}       | config_invalid | member chains.0.chainId has not the expected form at line 1
          {"chains": [{"chainId": 1}]}                                  | config_invalid | rpcUrls is needed
          {"chains": [{"chainId": 1, "rpcUrls": []}]}                   | config_invalid | rpcUrls is needed
          {"chains": [{"chainId": 1, "rpcUrls": "http://h"}]}           | config_invalid | chains[0]: rpcUrls
          {"chains": [{"chainId": 1, "rpcUrls": [null]}]}               | config_invalid | chains[0]: rpcUrls
          {"chains": [{"chainId": 1, "rpcUrls": ["ht tp://h"]}]}        | rpc_url_invalid | no URL
          {"chains": [{"chainId": 1, "rpcUrls": ["wss://h/KEY"]}]}      | config_invalid | a node's WebSocket is named by wsUrl
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"], "wsUrl": "http://h"}]} | config_invalid | wsUrl is a node's WebSocket
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"], "wsUrl": "ws:h"}]} | config_invalid | wsUrl is a node's WebSocket
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"], "horizon": 0}]} | config_invalid | 1 to 100000
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"], "fromBlock": -1}]} | config_invalid | fromBlock
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"], "identity": "0x1"}]} | config_invalid | identity is an address
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"], "deployment": "mine"}]} | config_invalid | deployment canonical
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"], "ipfsGateway": "http://h"}]} | config_invalid | ipfsGateway is a public gateway
          {"chains": [{"chainId": 1, "rpcUrls": ["http://h"]}, {"chainId": 1, "rpcUrls": ["http://i"]}]} | config_invalid | chains[1]: the chain is named twice
          """)
  void refusesWhatCannotBe(String json, String code, String why) {
    refused(json, code, why);
  }

  @Test
  void boundsWhatItTakes() {
    String chains =
        IntStream.rangeClosed(1, ChainsFile.MAX_CHAINS + 1)
            .mapToObj(id -> "{\"chainId\": %d, \"rpcUrls\": [\"http://h\"]}".formatted(id))
            .collect(Collectors.joining(","));
    refused("{\"chains\": [" + chains + "]}", "config_invalid", "a list of 1 to 16");
    refused(" ".repeat(ChainsFile.MAX_BYTES) + "{}", "config_too_large", "262144 bytes");
    String tokens = ("\"" + TOKEN + "\",").repeat(ChainWords.MAX_PAYMENT_TOKENS);
    refused(
        "{\"chains\": [{\"chainId\": 1, \"rpcUrls\": [\"http://h\"], \"paymentTokens\": [%s\"%s\"]}]}"
            .formatted(tokens, TOKEN),
        "config_invalid",
        "at most 64");
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatThrownBy(() -> new ChainsFile(folder.resolve("none.json")).read())
        .isInstanceOfSatisfying(
            StartupException.class, it -> assertThat(it.code()).isEqualTo("config_missing"));
    assertThatThrownBy(() -> new ChainsFile(folder).read())
        .isInstanceOfSatisfying(
            StartupException.class, it -> assertThat(it.code()).isEqualTo("config_unreadable"));
  }

  private void refused(String json, String code, String why) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            StartupException.class,
            refusal -> {
              assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
              assertThat(refusal).hasMessageContaining(why);
              assertThat(refusal.remedy()).isNotBlank();
            });
  }

  private List<ChainPlan> read(String json) throws IOException {
    return new ChainsFile(Files.writeString(folder.resolve("chains.json"), json)).read();
  }
}
