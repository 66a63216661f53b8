package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earnest.cli.indexer.ChainsFile;
import org.earnest.cli.indexer.Erc8004OnAnvil;
import org.earnest.cli.indexer.IndexerHost;
import org.earnest.cli.indexer.IndexerRuns;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent} at an indexer of two chains. */
class AgentOnSeveralChainsIT {
  @TempDir Path folder;

  @Test
  void aChainIsNamedByAnOptionOrByTheAgent() throws Exception {
    try (Erc8004OnAnvil one = Erc8004OnAnvil.start(0);
        Erc8004OnAnvil other = Erc8004OnAnvil.start(0, "--chain-id", "4711");
        Lifecycle run = new Lifecycle()) {
      one.register(1, "https://one.example/1");
      other.register(1, "https://other.example/1");
      other.register(2, "https://other.example/2");
      Path config =
          Files.writeString(
              folder.resolve("chains.json"),
              "{\"chains\": [%s, %s]}".formatted(chain(31337, one), chain(4711, other)));
      IndexerHost host =
          IndexerRuns.start(
              run, new IndexerRuns(folder).plan(run, new ChainsFile(config).read()), one.head());
      IndexerRuns.follow(host, other.head());
      String url = host.uri().toString();

      AgentRun unnamed = AgentRun.at(url, "list");
      assertThat(unnamed.code()).isEqualTo("chain_needed");
      assertThat(unnamed.prose()).contains("31337, 4711", "--chain");
      assertThat(AgentRun.at(url, "list", "--chain", "1").code()).isEqualTo("chain_not_followed");
      assertThat(AgentRun.at(url, "list", "--chain", "4711", "--all").json().path("agents"))
          .hasSize(2);
      assertThat(AgentRun.at(url, "show", "2", "--chain", "4711").exit()).isZero();
      String second = "eip155:4711:" + other.identity() + ":2";
      assertThat(AgentRun.at(url, "feedback", second).exit()).isZero();

      AgentRun all = AgentRun.beside(url, "watch", "--chain", "4711", "--changes", "1");
      AgentRun single = AgentRun.beside(url, "watch", second, "--changes", "1");
      all.awaitProse("Watching");
      single.awaitProse("Watching");
      one.rate(3, 1, 10);
      other.rate(3, 2, 90);
      for (AgentRun watch : List.of(all, single)) {
        assertThat(watch.exit()).isZero();
        assertThat(watch.prose()).contains("agent 2  changed", "feedbackAverage - -> 90");
      }
    }
  }

  private static String chain(int id, Erc8004OnAnvil on) {
    URI node = on.url();
    return """
    {"chainId": %d, "rpcUrls": ["%s"], "identity": "%s", "reputation": "%s"}"""
        .formatted(id, node, on.identity(), on.reputation());
  }
}
