package org.earnest.bindings.rpc;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.earnest.core.chain.NewHeads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New heads by {@code eth_subscribe} over a WebSocket. A socket that breaks, is silent or says what
 * makes no sense is given up and another is opened, ever more rarely while none tells of a head.
 */
public final class WebSocketHeads implements NewHeads {
  /** Without a head; a subscription may be lost while the socket stays open. */
  public static final Duration MAX_SILENCE = Duration.ofMinutes(1);

  /** To open a socket, and again to subscribe. */
  static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  static final Duration MAX_PAUSE = Duration.ofMinutes(5);

  private static final double JITTER = 0.2;
  private static final int FOR_EVER = -1;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketHeads.class);

  private final URI url;
  private final Duration silence;
  private final Duration firstPause;

  WebSocketHeads(URI url, Duration silence, Duration firstPause) {
    this.url = url;
    this.silence = silence;
    this.firstPause = firstPause;
  }

  /**
   * Those that the node at this URL tells.
   *
   * @throws IllegalArgumentException when the URL is not an absolute ws or wss one; it is not
   *     quoted, as it may carry a key
   */
  public static WebSocketHeads at(URI url) {
    String scheme = String.valueOf(url.getScheme());
    if ((!scheme.equals("ws") && !scheme.equals("wss")) || url.getHost() == null) {
      throw new IllegalArgumentException("a WebSocket URL begins with ws:// or wss:// and a host");
    }
    return new WebSocketHeads(url, MAX_SILENCE, FIRST_PAUSE);
  }

  @Override
  public Subscription subscribe(Runnable onHead) {
    Listening listening = new Listening(onHead);
    listening.thread.start();
    return listening;
  }

  /** Scheme, host and port, without what may be a key. */
  private String origin() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }

  private final class Listening implements Subscription {
    private final Runnable onHead;
    private final Thread thread = Thread.ofVirtual().name("new-heads").unstarted(this::run);
    private volatile boolean live;
    private volatile boolean closing;

    Listening(Runnable onHead) {
      this.onHead = onHead;
    }

    private void run() {
      RetryPolicy<Object> rarer =
          RetryPolicy.builder()
              .handle(IOException.class)
              .withMaxRetries(FOR_EVER)
              .withBackoff(firstPause, MAX_PAUSE)
              .withJitter(JITTER)
              .build();
      try {
        while (!closing) {
          Failsafe.with(rarer).run(this::listen);
          Thread.sleep(firstPause);
        }
      } catch (InterruptedException | FailsafeException ended) {
        if (!closing) {
          LOG.error("{} is listened to no more; the chain is polled", origin(), ended);
        }
      }
    }

    /** Until the socket is of no more use; fails if it never told of a head. */
    private void listen() throws IOException, InterruptedException {
      long heads = 0;
      try (HeadSocket socket = HeadSocket.open(url, OPEN_TIMEOUT)) {
        socket.subscribe(OPEN_TIMEOUT);
        live = true;
        LOG.info("{} tells of new heads", origin());
        // What came before it was listened to.
        onHead.run();
        while (true) {
          socket.awaitHead(silence);
          heads++;
          onHead.run();
        }
      } catch (IOException broken) {
        LOG.info("{} tells of no more heads, polling goes on: {}", origin(), broken.getMessage());
        if (heads == 0) {
          throw broken;
        }
      } finally {
        live = false;
      }
    }

    @Override
    public boolean isLive() {
      return live;
    }

    @Override
    public void close() {
      closing = true;
      thread.interrupt();
      try {
        thread.join(CLOSE_PATIENCE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
