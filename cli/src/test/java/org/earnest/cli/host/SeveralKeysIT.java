package org.earnest.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.cli.demo.DemoHosts;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A house whose facilitator has more than one account. */
class SeveralKeysIT {
  private static final LocalSigner ONE = LocalSigner.random();
  private static final LocalSigner OTHER = LocalSigner.random();

  @TempDir Path folder;

  @Test
  void allOfThemAreTold() throws Exception {
    Map<Role, List<HostKey>> keys =
        Map.of(
            Role.FACILITATOR,
            List.of(
                new HostKey(ONE, Optional.empty()),
                new HostKey(OTHER, Optional.empty()),
                new HostKey(ONE, Optional.empty())));
    try (Lifecycle run = new Lifecycle();
        HttpClient client = HttpClient.newHttpClient()) {
      EarnestHost house =
          DemoHosts.start(run, folder, () -> DemoHosts.anvil(folder.resolve("chain")), keys);
      JsonNode supported =
          JsonMapper.shared()
              .readTree(
                  client
                      .send(
                          HttpRequest.newBuilder(URI.create(house.uri() + "/supported")).build(),
                          BodyHandlers.ofString())
                      .body());
      assertThat(supported.at("/signers/eip155:*").valueStream())
          .extracting(JsonNode::asString)
          .containsExactly(ONE.address().hex(), OTHER.address().hex());
    }
  }
}
