package org.earnest.payments.edge;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.payments.server.Answer;
import org.earnest.payments.server.PaidHandler;
import org.earnest.payments.server.PaidRequest;
import org.earnest.payments.server.PaymentGate;
import org.earnest.payments.server.PriceList;
import org.earnest.payments.server.Pricing;
import org.earnest.payments.server.Sale;
import org.earnest.payments.wire.X402Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts prices before a Jakarta servlet application. Only what its price list names is reached. Map
 * it to every path, and before whatever else answers.
 *
 * <p>What is sold runs once per payment; status, content type and body of its answer are kept for
 * the same payment sent again, and nothing else of it reaches the buyer. Its request's body is read
 * before it runs: it gets it as a stream or a reader, not as parameters. It answers before it
 * returns; asynchronous answers cannot be sold. {@link Charge#set} says what it costs, where its
 * offer is {@code upto} a price.
 */
public final class PaymentFilter implements Filter {
  /** The longest body of a request for what is sold, in bytes. */
  public static final int MAX_BODY_BYTES = 1024 * 1024;

  private static final String PASSED = PaymentFilter.class.getName();
  private static final Logger LOG = LoggerFactory.getLogger(PaymentFilter.class);

  private final PaymentGate gate;
  private final PriceList prices;
  private final Optional<URI> publicUri;

  /** A filter whose resources are named by the address under which they were asked for. */
  public PaymentFilter(PaymentGate gate, PriceList prices) {
    this(gate, prices, Optional.empty());
  }

  /**
   * A filter behind a proxy.
   *
   * @param publicUri scheme and authority under which buyers know the server
   */
  public PaymentFilter(PaymentGate gate, PriceList prices, URI publicUri) {
    this(gate, prices, Optional.of(publicUri));
  }

  private PaymentFilter(PaymentGate gate, PriceList prices, Optional<URI> publicUri) {
    this.gate = gate;
    this.prices = prices;
    this.publicUri = publicUri;
  }

  @Override
  public void doFilter(
      ServletRequest plainRequest, ServletResponse plainResponse, FilterChain chain)
      throws IOException, ServletException {
    if (!(plainRequest instanceof HttpServletRequest request)
        || !(plainResponse instanceof HttpServletResponse response)) {
      throw new ServletException("only HTTP can be sold");
    }
    // The application forwards within itself what was paid for, or given, once.
    if (request.getAttribute(PASSED) != null) {
      chain.doFilter(request, response);
      return;
    }
    switch (prices.find(request.getMethod(), path(request))) {
      case PriceList.Entry.Absent absent ->
          send(response, Reply.of(new Sale.Refused(absent.status(), absent.refusal())));
      case PriceList.Entry.Free free -> {
        request.setAttribute(PASSED, true);
        chain.doFilter(request, response);
      }
      case PriceList.Entry.Priced priced -> sell(request, response, chain, priced.pricing());
    }
  }

  private void sell(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, Pricing pricing)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      send(response, Reply.bodyTooLarge(MAX_BODY_BYTES));
      return;
    }
    String resource = resource(request);
    if (!isUri(resource)) {
      send(response, Reply.addressMalformed());
      return;
    }
    PaidRequest paid =
        new PaidRequest(
            request.getMethod(),
            resource,
            Keccak256.hash(body),
            Paywall.headers(request, X402Version.V2),
            Paywall.headers(request, X402Version.V1));
    send(response, sold(request, paid, pricing, () -> answer(request, response, chain, body)));
  }

  /** A bug here is no answer: whatever was taken is remembered, and the same payment goes on. */
  private Reply sold(
      HttpServletRequest request,
      PaidRequest paid,
      Pricing pricing,
      PaidHandler<RuntimeException> handler) {
    try {
      Sale sale = gate.serve(paid, pricing.offer(paid), handler);
      return Reply.of(sale, paid.version(), Optional.empty());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Reply.interrupted();
    } catch (RuntimeException bug) {
      // Not its query, which may hold secrets of the buyer's.
      LOG.error("{} is not sold: {}", request.getRequestURI(), bug, bug);
      return Reply.failed();
    }
  }

  /** What throws has not answered, and is as little charged as what says so by its status. */
  private static Answer answer(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, byte[] body) {
    request.setAttribute(PASSED, true);
    HeldResponse held = new HeldResponse(response);
    try {
      chain.doFilter(new ReadRequest(request, body), held);
    } catch (IOException | ServletException | RuntimeException thrown) {
      if (!held.isTooLong()) {
        LOG.error("{} was not answered: {}", request.getRequestURI(), thrown, thrown);
        return Reply.unanswered().answer();
      }
    }
    return held.answer(Charge.of(request));
  }

  /** As it was sent, below where the application is mounted. */
  private static String path(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }

  private String resource(HttpServletRequest request) {
    String query = request.getQueryString();
    String asked = request.getRequestURL().toString();
    String there =
        publicUri
            .map(uri -> uri.toString().replaceAll("/+$", "") + request.getRequestURI())
            .orElse(asked);
    return there + (query == null ? "" : "?" + query);
  }

  /**
   * Containers let more pass than what is sold, its receipt and a server behind can be named by.
   */
  private static boolean isUri(String address) {
    try {
      return !new URI(address).isOpaque();
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private static void send(HttpServletResponse response, Reply reply) throws IOException {
    reply.headers().forEach(response::addHeader);
    response.setStatus(reply.status());
    reply.contentType().ifPresent(response::setContentType);
    byte[] body = reply.body();
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
