package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.earnest.core.chain.NewHeads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WebSocketHeadsTest {
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final long PATIENCE_MINUTES = 2;

  private final Semaphore heads = new Semaphore(0);

  @Test
  void tellsOfEachHeadWhileTheSocketIsOpen() throws Exception {
    try (TestSocket node =
            new TestSocket(
                (connection, peer) -> {
                  peer.subscribe();
                  for (int i = 0; i < 5; i++) {
                    peer.send(TestSocket.PING, "");
                    peer.head();
                  }
                  // Its pongs.
                  while (true) {
                    peer.read();
                  }
                });
        NewHeads.Subscription heard = listen(node, Duration.ofMinutes(5))) {
      awaitHeads(5);
      assertThat(heard.isLive()).isTrue();
      assertThat(node.connections()).isOne();
    }
  }

  /** What a socket may do instead of telling of heads, once it has confirmed or before. */
  record Fault(String name, boolean confirmed, TestSocket.Manners manners) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("is closed", true, (connection, peer) -> {}),
        new Fault("is closed at once", false, (connection, peer) -> {}),
        new Fault("is silent", true, (connection, peer) -> peer.read()),
        new Fault("confirms nothing", false, (connection, peer) -> silent(peer)),
        new Fault(
            "refuses",
            false,
            (connection, peer) -> {
              peer.read();
              peer.send(TestSocket.TEXT, "{\"id\":1,\"error\":{\"code\":-32601}}");
              silent(peer);
            }),
        new Fault("no JSON", true, (connection, peer) -> says(peer, "gibberish")),
        new Fault("no object", true, (connection, peer) -> says(peer, "[[[[]]]]")),
        new Fault(
            "another subscription",
            true,
            (connection, peer) ->
                says(peer, "{\"params\":{\"subscription\":\"0xcd\",\"result\":{}}}")),
        new Fault(
            "bytes",
            true,
            (connection, peer) -> {
              peer.send(TestSocket.BINARY, "bytes");
              silent(peer);
            }),
        new Fault(
            "no frames",
            true,
            (connection, peer) -> peer.raw("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII))),
        new Fault(
            "a huge message",
            true,
            (connection, peer) -> says(peer, "x".repeat(HeadSocket.MAX_MESSAGE_CHARS + 1))),
        new Fault(
            "a message without an end",
            true,
            (connection, peer) -> {
              peer.beginFrame(TestSocket.TEXT, Long.MAX_VALUE);
              while (true) {
                peer.raw(new byte[1 << 16]);
              }
            }));
  }

  private static void says(TestSocket.Peer peer, String text) throws IOException {
    peer.send(TestSocket.TEXT, text);
    silent(peer);
  }

  private static void silent(TestSocket.Peer peer) throws IOException {
    peer.read();
    peer.read();
  }

  /** Three bad sockets, one after a head, then a good one. */
  @ParameterizedTest
  @MethodSource("faults")
  void givesABadSocketUpAndOpensAnother(Fault fault) throws Exception {
    try (TestSocket node =
            new TestSocket(
                (connection, peer) -> {
                  boolean bad = connection < 3;
                  if (!bad || fault.confirmed()) {
                    peer.subscribe();
                  }
                  if (!bad || (connection == 1 && fault.confirmed())) {
                    peer.head();
                  }
                  if (bad) {
                    fault.manners().serve(connection, peer);
                  } else {
                    silent(peer);
                  }
                });
        NewHeads.Subscription heard = listen(node, Duration.ofSeconds(2))) {
      // One for each socket that is listened to, for what came before, and those that were told.
      awaitHeads(fault.confirmed() ? 6 : 2);
      assertThat(node.connections()).isGreaterThanOrEqualTo(4);
      assertThat(heard).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/KEY", "ws:/KEY", "KEY", "wss:KEY"})
  void takesUrlsOfWebSocketsAlone(String url) {
    assertThatThrownBy(() -> WebSocketHeads.at(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("KEY");
  }

  private NewHeads.Subscription listen(TestSocket node, Duration silence) {
    return new WebSocketHeads(node.url(), silence, PAUSE).subscribe(heads::release);
  }

  private void awaitHeads(int count) throws InterruptedException {
    assertThat(heads.tryAcquire(count, PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
  }
}
