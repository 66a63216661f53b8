package org.earnest.cli.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.cli.indexer.IndexerRuns.get;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int128;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import tools.jackson.databind.JsonNode;

/** Registries that share ERC-8004's events with ours, and no line of code. */
class ForeignRegistriesIT {
  private static final Uint256 FIRST = new Uint256(0);
  private static final Bytes32 NOTHING = new Bytes32(new byte[Hash32.BYTES]);

  @TempDir Path folder;

  @Test
  void eventsCountFromAgentZeroAndWhatElseIsLoggedDoesNot() throws Exception {
    try (Erc8004OnAnvil chain = Erc8004OnAnvil.start(0);
        Lifecycle run = new Lifecycle()) {
      EmittingContract identity = deploy(chain, EvmAddress.ZERO);
      EmittingContract reputation = deploy(chain, identity.address());
      Address owner = new Address(chain.account(1).hex());
      Address client = new Address(chain.account(2).hex());
      chain.send(
          0,
          identity.log(
              IdentityRegistry.REGISTERED_EVENT,
              List.of(FIRST, owner),
              List.of(new Utf8String("https://zero.example"))));
      Hash32 upgraded = new Hash32("0x" + "ab".repeat(Hash32.BYTES));
      chain.send(0, identity.log(upgraded, List.of(FIRST, owner), List.of(new Uint256(7))));
      chain.send(0, feedback(reputation, client));
      chain.send(0, feedback(identity, client));

      IndexerHost host =
          IndexerRuns.start(
              run,
              new IndexerRuns(folder)
                  .plan(
                      run,
                      List.of(chain.url()),
                      IndexerRuns.registries(identity.address(), reputation.address()),
                      OptionalLong.empty()),
              chain.head());

      JsonNode agents = get(host, "/agents").path("agents");
      assertThat(agents).hasSize(1);
      assertThat(agents.get(0).path("agentId").asString()).endsWith(identity.address() + ":0");
      assertThat(agents.get(0).path("uri").asString()).isEqualTo("https://zero.example");
      JsonNode feedback = get(host, "/agents/0/feedback").path("feedback");
      assertThat(feedback).as("only the reputation registry's").hasSize(1);
      assertThat(feedback.get(0).path("value").asString()).isEqualTo("95");
      assertThat(feedback.get(0).path("client").asString()).isEqualTo(client.getValue());
    }
  }

  private static ChainCall feedback(EmittingContract from, Address client) {
    return from.log(
        ReputationRegistry.NEWFEEDBACK_EVENT,
        List.of(FIRST, client, NOTHING),
        List.of(
            new Uint64(1),
            new Int128(95),
            new Uint8(0),
            new Utf8String("starred"),
            new Utf8String(""),
            new Utf8String(""),
            new Utf8String(""),
            NOTHING));
  }

  private static EmittingContract deploy(Erc8004OnAnvil chain, EvmAddress answer) {
    return new EmittingContract(chain.deploy(EmittingContract.creationCode(answer)));
  }
}
