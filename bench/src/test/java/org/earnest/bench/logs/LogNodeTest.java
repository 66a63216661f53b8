package org.earnest.bench.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the node sends, byte for byte. */
final class LogNodeTest {
  private static final long SEED = 8004;
  private static final int BLOCKS = 50;
  private static final String LOGS =
      """
      {"jsonrpc":"2.0","id":7,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"0x32"}]}
      """;

  private final SyntheticLog log =
      new SyntheticLog(
          new EvmAddress("0x" + "81".repeat(20)),
          List.of(new Hash32("0x" + "01".repeat(32))),
          "0x" + "00".repeat(64));
  private final SyntheticChain chain =
      new SyntheticChain(SEED, BLOCKS, (block, lineage) -> List.of(log));

  @Test
  void anAnswerIsCompressedForWhoeverTakesIt() throws Exception {
    try (LogNode node = LogNode.start(chain, NodeManners.GOOD)) {
      HttpResponse<byte[]> first = ask(node, "gzip");
      assertThat(first.headers().map()).doesNotContainKey("content-encoding");
      byte[] plain = first.body();
      assertThat(node.traffic().bytes()).isEqualTo(plain.length);

      node.behave(NodeManners.GOOD.compressing());
      HttpResponse<byte[]> answer = ask(node, "br;q=1.0, GZIP, *;q=0");

      assertThat(answer.headers().allValues("Content-Encoding")).containsExactly("gzip");
      assertThat(inflated(answer.body())).isEqualTo(plain);
      assertThat(answer.body()).hasSizeLessThan(plain.length / 4);
      assertThat(node.traffic().bytes()).isEqualTo(plain.length + answer.body().length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "br, deflate", "gzipped"})
  void andPlainForOthers(String accepted) throws Exception {
    try (LogNode node = LogNode.start(chain, NodeManners.GOOD.compressing())) {
      HttpResponse<byte[]> answer = ask(node, accepted);
      assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
      assertThat(new String(answer.body(), UTF_8))
          .startsWith("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[{");
    }
  }

  private static HttpResponse<byte[]> ask(LogNode node, String accepted) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.url())
            .header("Accept-Encoding", accepted)
            .POST(HttpRequest.BodyPublishers.ofString(LOGS))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static byte[] inflated(byte[] body) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
  }
}
