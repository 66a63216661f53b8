package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.earnest.bindings.call.CreationCode;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.cli.indexer.Erc8004OnAnvil;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A did:ethr from its making to its end, on a chain of its own. */
class DidOnChainIT {
  @TempDir Path folder;

  private String[] options = {};

  private CommandRun did(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("did"));
    line.addAll(List.of(words));
    line.addAll(List.of(options));
    line.add("--json");
    return CommandRun.of(line.toArray(String[]::new));
  }

  private static String url(DatabaseSettings settings) {
    return settings.jdbcUrl()
        + (settings.jdbcUrl().contains("?") ? "&" : "?")
        + "user="
        + settings.user()
        + "&password="
        + settings.password();
  }

  @Test
  void anOwnerGivesItAwayAndTheNextGivesItUp() throws Exception {
    LightKeystore keys = new LightKeystore(folder);
    String key = keys.create("key.json").toString();
    String next = keys.create("next.json").toString();
    String word = keys.passphrase().toString();
    Path binaries = ProjectFolder.path().resolve(".earnest/postgresql");
    try (Erc8004OnAnvil chain = Erc8004OnAnvil.start(0);
        StateDirectory state = StateDirectory.open(folder.resolve("theirs"));
        EmbeddedPostgres server = EmbeddedPostgres.start(state, binaries)) {
      EvmAddress registry = chain.deploy(CreationCode.ethereumDidRegistry());
      CommandRun made =
          did("create", "ethr", "--key", key, "--chain", "31337", "--passphrase-file", word);
      String did = made.json().path("did").asString();
      EvmAddress heir =
          new EvmAddress(
              did("create", "pkh", "--key", next, "--passphrase-file", word)
                  .json()
                  .path("address")
                  .asString());
      options = new String[] {"--rpc-url", chain.url().toString(), "--registry", registry.hex()};
      String[] sending = {"--passphrase-file", word, "--database-url", url(server.settings())};
      CommandRun poor = did(with(sending, "rotate", did, "--key", key, "--to", heir.hex()));
      assertThat(poor.code()).as(poor.all()).isEqualTo("change_refused");
      for (String account : List.of(made.json().path("address").asString(), heir.hex())) {
        chain.rpc().require("anvil_setBalance", account, "0xde0b6b3a7640000");
      }
      CommandRun rotated = did(with(sending, "rotate", did, "--key", key, "--to", heir.hex()));
      assertThat(rotated.exit()).as(rotated.all()).isZero();
      assertThat(did("resolve", did).json().path("didDocument").toString())
          .contains("eip155:31337:" + heir);
      CommandRun again = did(with(sending, "rotate", did, "--key", key, "--to", heir.hex()));
      assertThat(again.exit()).as("it is so already: %s", again.all()).isZero();
      assertThat(again.json().path("changed").asBoolean()).isFalse();
      CommandRun late =
          did(with(sending, "rotate", did, "--key", key, "--to", chain.account(3).hex()));
      assertThat(late.code()).as("it is not the owner any more").isEqualTo("change_refused");
      CommandRun ended = did(with(sending, "deactivate", did, "--key", next, "--yes"));
      assertThat(ended.exit()).as(ended.all()).isZero();
      assertThat(did(with(sending, "deactivate", did, "--key", next, "--yes")).exit()).isZero();
      assertThat(did("resolve", did).json().at("/didDocumentMetadata/deactivated").asBoolean())
          .isTrue();
      assertThat(did("resolve", did, "--version-id", "1").json().path("didDocument").toString())
          .contains(made.json().path("address").asString());
    }
  }

  private static String[] with(String[] more, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
