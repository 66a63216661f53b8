package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.reputation.file.FileSource;
import org.earnest.reputation.reading.ReferencedFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agents by what they say of themselves. */
class SearchIT extends OnSandbox {
  private static final EvmAddress OWNER = new EvmAddress("0x" + "a9".repeat(20));
  private static final int ROUNDS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String MCP =
      "{\"name\":\"MCP\",\"endpoint\":\"https://m\",\"tools\":[\"Translate\",\"OCR\"]}";
  private static final String DID = "{\"name\":\"DID\",\"endpoint\":\"did:web:a.example\"}";

  private GuardedFetcher fetcher;
  private ReferencedFiles files;
  private BigInteger lingua;
  private BigInteger reader;
  private BigInteger huge;
  private BigInteger copy;

  @BeforeAll
  void index() throws Exception {
    lingua = sandbox.register(OWNER, "");
    reader = sandbox.register(OWNER, "");
    huge = sandbox.register(OWNER, "");
    copy = sandbox.register(OWNER, "");
    name(lingua, card("Lingua", "Translates contracts between languages", MCP, lingua));
    name(reader, card("Reader", "Reads contracts aloud, the \\u0000 way", DID, reader));
    name(huge, card("Huge", "x ".repeat(300), many(200), huge));
    // Points to what another says of itself.
    name(copy, card("Lingua", "Translates contracts between languages", MCP, lingua));
    serve(ROUNDS);
    fetcher = new GuardedFetcher(FileSource.policy(Set.of()));
    files =
        ReferencedFiles.start(
            sandbox.database,
            sandbox.chain,
            new FileSource(fetcher, Optional.empty()),
            Set.of(),
            InstantSource.system(),
            new SimpleMeterRegistry());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> found("/search?capability=reputation").size() == 3);
  }

  @AfterAll
  void stop() throws Exception {
    files.close();
    fetcher.close();
    stopServing();
  }

  @Test
  void findsWordsAsTheyStandAndByTheirStem() throws Exception {
    assertThat(found("/search?text=lingua")).containsExactly(lingua);
    assertThat(found("/search?text=translation")).containsExactly(lingua);
    assertThat(found("/search?text=contract")).containsExactly(lingua, reader);
    assertThat(found("/search?text=contract+-aloud")).containsExactly(lingua);
    assertThat(found("/search?text=aloud+or+languages")).containsExactly(lingua, reader);
    assertThat(found("/search?text=" + encoded("\"reads contracts\""))).containsExactly(reader);
    assertThat(found("/search?text=the")).containsExactly(reader);
    assertThat(found("/search?text=nothing+says+so")).isEmpty();
  }

  @Test
  void findsWhatAgentsCanDo() throws Exception {
    assertThat(found("/search?capability=translate")).containsExactly(lingua);
    assertThat(found("/search?capability=OCR,mcp,reputation")).containsExactly(lingua);
    assertThat(found("/search?capability=did")).containsExactly(reader);
    assertThat(found("/search?capability=did,mcp")).isEmpty();
    assertThat(found("/search?capability=reputation")).containsExactly(lingua, reader, huge);
    assertThat(found("/search?capability=t63")).containsExactly(huge);
    assertThat(found("/search?capability=t64")).as("the lists are cut").isEmpty();
  }

  @Test
  void combinesWithAllTheOtherCriteria() throws Exception {
    assertThat(found("/search?text=contract&capability=did")).containsExactly(reader);
    assertThat(found("/search?text=contract&minSettled=1")).isEmpty();
    assertThat(found("/search?text=contract&sort=active&order=desc"))
        .containsExactlyInAnyOrder(lingua, reader);
    assertThat(found("/search?text=contract&limit=1")).containsExactly(lingua, reader);
    assertThat(found("/search?capability=reputation&order=desc&limit=2"))
        .containsExactly(huge, reader, lingua);
  }

  @Test
  void anotherFileIsAnotherAgentToFind() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    try {
      name(agent, card("Weaver", "Weaves", MCP, agent));
      sandbox.followed(indexer);
      Awaitility.await().atMost(PATIENCE).until(() -> found("/search?text=weaves").size() == 1);
      name(agent, card("Smith", "Forges", MCP, agent));
      sandbox.followed(indexer);
      assertThat(found("/search?text=weaves")).isEmpty();
      Awaitility.await().atMost(PATIENCE).until(() -> found("/search?text=forges").size() == 1);
    } finally {
      name(agent, "");
      sandbox.followed(indexer);
    }
    assertThat(found("/search?text=forges")).isEmpty();
  }

  @Test
  void refusesWhatMeansNothing() throws Exception {
    for (String wrong :
        List.of(
            "text=",
            "text=%20",
            "text=%21%21",
            "text=a%00b",
            "text=" + "x".repeat(1_025),
            "capability=",
            "capability=a,,b",
            "capability=" + "x".repeat(101),
            "capability=a,b,c,d,e,f,g,h,i",
            "text=a&text=b")) {
      api.refused("/search?" + wrong, 400, "invalid_request");
    }
    assertThat(found("/search?text=" + encoded("') or 1=1 --:x & | ! <-> \\"))).isEmpty();
    assertThat(found("/search?capability=" + encoded("{a}\"';"))).isEmpty();
    api.refused("/agents?text=lingua", 400, "invalid_request");
  }

  private List<BigInteger> found(String path) throws Exception {
    String separator = path.contains("limit=") ? "" : "&limit=100";
    return api.pages(path + separator, "agents").stream()
        .map(agent -> agent.path("agentId").stringValue().replaceAll(".*:", ""))
        .map(BigInteger::new)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private void name(BigInteger agent, String card) {
    String uri =
        card.isEmpty()
            ? ""
            : "data:application/json;base64,"
                + Base64.getEncoder().encodeToString(card.getBytes(StandardCharsets.UTF_8));
    sandbox.send(
        OWNER,
        new IdentityRegistryCalls(sandbox.contracts.identityRegistry()).setAgentUri(agent, uri));
  }

  private String card(String name, String description, String service, BigInteger agent) {
    return "{\"name\":\"%s\",\"description\":\"%s\",\"supportedTrust\":[\"reputation\"],\"services\":[%s],\"registrations\":[{\"agentId\":%d,\"agentRegistry\":\"%s\"}]}"
        .formatted(name, description, service, agent, sandbox.contracts.registry());
  }

  private static String many(int tools) {
    return "{\"name\":\"MCP\",\"endpoint\":\"https://m\",\"tools\":"
        + IntStream.range(0, tools)
            .mapToObj(i -> "\"t" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"))
        + "}";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
