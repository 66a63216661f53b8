package org.earnest.kit.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.Closer;
import org.earnest.kit.fetch.FetchOutcome.Failed;
import org.earnest.kit.fetch.FetchOutcome.Failure;
import org.earnest.kit.fetch.FetchOutcome.Fetched;
import org.earnest.kit.fetch.FetchOutcome.Refusal;
import org.earnest.kit.fetch.FetchOutcome.Refused;

/**
 * Fetches what strangers point to: https alone, from addresses of the public internet alone, with
 * bounds on redirects, bytes and time. Each host is resolved once and the connection goes to that
 * address; each redirect is judged like a new URL.
 */
public final class GuardedFetcher implements AutoCloseable {
  private final FetchPolicy policy;
  private final CloseableHttpClient guarded;
  private final CloseableHttpClient development;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public GuardedFetcher(FetchPolicy policy) {
    this(
        policy,
        SystemDefaultDnsResolver.INSTANCE,
        PublicAddresses::contains,
        DefaultClientTlsStrategy.createDefault());
  }

  GuardedFetcher(
      FetchPolicy policy,
      DnsResolver names,
      Predicate<InetAddress> allowed,
      TlsSocketStrategy tls) {
    this.policy = policy;
    this.guarded = GuardedClients.create(new GuardedResolver(names, allowed), tls);
    this.development = GuardedClients.create(names, tls);
  }

  /**
   * Gets it.
   *
   * @param accept the media types that the caller can read
   */
  public FetchOutcome get(URI uri, String accept) {
    AtomicReference<HttpGet> running = new AtomicReference<>();
    Future<FetchOutcome> outcome = threads.submit(() -> follow(uri, accept, running));
    try {
      return outcome.get(policy.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      cancel(outcome, running);
      return timedOut();
    } catch (InterruptedException interrupted) {
      cancel(outcome, running);
      Thread.currentThread().interrupt();
      return timedOut();
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    guarded.close();
    development.close();
  }

  private FetchOutcome follow(URI start, String accept, AtomicReference<HttpGet> running) {
    URI from = start;
    URI uri = start;
    for (int hop = 0; hop <= FetchPolicy.MAX_REDIRECTS; hop++) {
      Optional<Refused> refused = UrlRules.refuse(from, uri, policy);
      if (refused.isPresent()) {
        return refused.get();
      }
      Step step = ask(uri, accept, running);
      switch (step) {
        case Step.Done(FetchOutcome outcome) -> {
          return outcome;
        }
        case Step.Redirect(URI next) -> {
          from = uri;
          uri = next;
        }
      }
    }
    return new Refused(
        Refusal.TOO_MANY_REDIRECTS,
        "It redirects more than %d times.".formatted(FetchPolicy.MAX_REDIRECTS));
  }

  private Step ask(URI uri, String accept, AtomicReference<HttpGet> running) {
    HttpGet request = new HttpGet(uri);
    request.setHeader("Accept", accept);
    running.set(request);
    CloseableHttpClient client = policy.isDevelopment(uri) ? development : guarded;
    try {
      HttpHost host = new HttpHost(uri.getScheme(), bare(uri.getHost()), uri.getPort());
      ClassicHttpResponse response = client.executeOpen(host, request, null);
      try {
        return read(uri, response);
      } finally {
        // Without this, closing would first read an endless body to its end.
        request.abort();
        Closer.closeQuietly(response);
      }
    } catch (GuardedResolver.ForbiddenAddressException forbidden) {
      return refused(Refusal.ADDRESS_NOT_PUBLIC, "The host is not on the public internet.");
    } catch (UnknownHostException unknown) {
      return failed(Failure.HOST_UNKNOWN, "No address is known for the host.");
    } catch (SSLException tls) {
      return failed(Failure.TLS_FAILED, "No trusted TLS connection could be made.");
    } catch (IOException unreachable) {
      return failed(Failure.UNREACHABLE, "The host did not answer.");
    }
  }

  /** The resolver takes an IPv6 address without its brackets. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private Step read(URI uri, ClassicHttpResponse response) throws IOException {
    Header location = response.getFirstHeader("Location");
    if (isRedirect(response.getCode()) && location != null) {
      return UrlRules.follow(uri, location.getValue())
          .<Step>map(Step.Redirect::new)
          .orElseGet(() -> refused(Refusal.URL_MALFORMED, "It redirects to what is no URL."));
    }
    Header encoding = response.getFirstHeader("Content-Encoding");
    if (encoding != null && !encoding.getValue().equalsIgnoreCase("identity")) {
      return refused(Refusal.ENCODED_BODY, "The body is encoded although nobody asked for that.");
    }
    HttpEntity entity = response.getEntity();
    byte[] bytes =
        entity == null ? new byte[0] : entity.getContent().readNBytes(policy.maxBytes() + 1);
    if (bytes.length > policy.maxBytes()) {
      return refused(
          Refusal.BODY_TOO_LARGE, "The body has more than %d bytes.".formatted(policy.maxBytes()));
    }
    Optional<String> type =
        Optional.ofNullable(response.getFirstHeader("Content-Type")).map(Header::getValue);
    return new Step.Done(new Fetched(uri, response.getCode(), type, new Body(bytes)));
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static void cancel(Future<?> outcome, AtomicReference<HttpGet> running) {
    outcome.cancel(true);
    HttpGet request = running.get();
    if (request != null) {
      request.abort();
    }
  }

  private FetchOutcome timedOut() {
    return new Failed(
        Failure.TIMED_OUT,
        "The host did not answer within %d ms.".formatted(policy.patience().toMillis()));
  }

  private static Step refused(Refusal refusal, String detail) {
    return new Step.Done(new Refused(refusal, detail));
  }

  private static Step failed(Failure failure, String detail) {
    return new Step.Done(new Failed(failure, detail));
  }

  /** One request on the way. */
  private sealed interface Step {
    record Done(FetchOutcome outcome) implements Step {}

    record Redirect(URI next) implements Step {}
  }
}
