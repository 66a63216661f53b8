package org.earnest.bench.submissions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payments that a facilitator verifies and settles over HTTP. */
record Facilitated(String name, URI facilitator, EvmAddress sender, Buyer buyer, HttpClient http)
    implements Contender {
  private static final Logger LOG = LoggerFactory.getLogger(Facilitated.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Override
  public Sender ready(int count, EvmAddress to) {
    List<byte[]> payments =
        IntStream.range(0, count).mapToObj(number -> buyer.payment(to)).toList();
    return number -> settles(payments.get(number));
  }

  /** The same payment every time. */
  Contender repeating() {
    return new Repeating(this);
  }

  private boolean settles(byte[] payment) {
    return says("/settle", payment, "success");
  }

  /** Whether it calls the payment good. */
  boolean verifies(byte[] payment) {
    return says("/verify", payment, "isValid");
  }

  private boolean says(String path, byte[] payment, String member) {
    HttpRequest request =
        HttpRequest.newBuilder(facilitator.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(payment))
            .build();
    try {
      byte[] answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      boolean said = WireJson.read(answer).path(member).asBoolean(false);
      if (!said) {
        LOG.info("{} {}: {}", name, path, new String(answer, UTF_8));
      }
      return said;
    } catch (IOException | WireFormatException failed) {
      LOG.info("{} {}", name, path, failed);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private record Repeating(Facilitated facilitated) implements Contender {
    @Override
    public String name() {
      return facilitated.name();
    }

    @Override
    public EvmAddress account() {
      return facilitated.account();
    }

    @Override
    public Sender ready(int count, EvmAddress to) {
      byte[] payment = facilitated.buyer().payment(to);
      return number -> facilitated.settles(payment);
    }
  }

  @Override
  public EvmAddress account() {
    return sender;
  }
}
