package org.earnest.payments.edge;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.kit.http.Trace;
import org.earnest.kit.postgres.Database;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.server.Answer;
import org.earnest.payments.server.Offer;
import org.earnest.payments.server.PaidRequest;
import org.earnest.payments.server.PaymentGate;
import org.earnest.payments.server.Pricing;
import org.earnest.payments.server.Sale;
import org.earnest.payments.store.PostgresPaymentClaims;
import org.earnest.payments.wire.X402Version;

/** Puts a price before a Javalin handler. */
public final class Paywall {
  private final PaymentGate gate;
  private final Optional<URI> publicUri;

  /**
   * A paywall whose resources are named by the address under which they were asked for.
   *
   * @param gate keeps the claims
   */
  public Paywall(PaymentGate gate) {
    this(gate, Optional.empty());
  }

  /**
   * A paywall behind a proxy.
   *
   * @param publicUri scheme and authority under which buyers know the server
   */
  public Paywall(PaymentGate gate, URI publicUri) {
    this(gate, Optional.of(publicUri));
  }

  private Paywall(PaymentGate gate, Optional<URI> publicUri) {
    this.gate = gate;
    this.publicUri = publicUri;
  }

  /** Wires one, and brings the schema {@code payments} up to date. */
  public static Paywall open(Database database, Facilitator facilitator) {
    database.migrate("payments");
    return new Paywall(new PaymentGate(facilitator, new PostgresPaymentClaims(database)));
  }

  /**
   * The handler for whoever pays. Where the offer is {@code upto} a price, it says by {@link
   * Charge#set} what its answer costs. It runs once per payment; status, content type and body of
   * its answer are kept for the same payment sent again, and nothing else of it reaches the buyer.
   * Answers of status 400 and above are not charged.
   *
   * @param handler answers by {@link Context#result} or {@link Context#json} before it returns;
   *     what it writes by itself would leave before it is paid for
   * @throws IllegalArgumentException as of {@link PaymentGate#requireServes}
   */
  public Handler charge(Offer offer, Handler handler) {
    gate.requireServes(offer);
    return charge(Pricing.fixed(offer), handler);
  }

  /** The same at a price that is computed for each request. */
  public Handler charge(Pricing pricing, Handler handler) {
    return context -> {
      PaidRequest request = request(context);
      Offer offer = pricing.offer(request);
      send(context, request, gate.serve(request, offer, () -> answer(context, handler)));
    };
  }

  private PaidRequest request(Context context) {
    return new PaidRequest(
        context.req().getMethod(),
        resource(context),
        Keccak256.hash(context.bodyAsBytes()),
        headers(context.req(), X402Version.V2),
        headers(context.req(), X402Version.V1));
  }

  static List<String> headers(HttpServletRequest request, X402Version version) {
    return Collections.list(request.getHeaders(version.paymentHeader()));
  }

  private String resource(Context context) {
    String origin =
        publicUri
            .map(uri -> uri.toString().replaceAll("/+$", ""))
            .orElseGet(() -> context.scheme() + "://" + context.host());
    String query = context.queryString();
    return origin + context.req().getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static Answer answer(Context context, Handler handler) throws Exception {
    Map<String, List<String>> before = headers(context.res());
    try {
      handler.handle(context);
      InputStream result = context.resultInputStream();
      return new Answer(
          context.statusCode(),
          Optional.ofNullable(context.res().getContentType()),
          result == null ? new byte[0] : atMost(result),
          Charge.of(context.req()));
    } finally {
      takeBack(context, before);
    }
  }

  private static Map<String, List<String>> headers(HttpServletResponse response) {
    return response.getHeaderNames().stream()
        .collect(
            Collectors.toMap(
                name -> name, name -> List.copyOf(response.getHeaders(name)), (a, b) -> a));
  }

  /** The answer is not paid for yet: until it is, nothing of it may be on its way. */
  private static void takeBack(Context context, Map<String, List<String>> before) {
    if (context.res().isCommitted()) {
      throw new IllegalStateException("a handler behind a paywall must not send by itself");
    }
    context.res().reset();
    before.forEach((name, values) -> values.forEach(value -> context.res().addHeader(name, value)));
    context.result(new byte[0]);
  }

  private static byte[] atMost(InputStream result) throws IOException {
    return result.readNBytes(Answer.MAX_BYTES + 1);
  }

  private static void send(Context context, PaidRequest request, Sale sale) {
    Reply reply = Reply.of(sale, request.version(), Optional.of(Trace.of(context).traceId()));
    reply.headers().forEach(context.res()::addHeader);
    context.status(reply.status()).result(reply.body());
    reply.contentType().ifPresent(context::contentType);
  }
}
