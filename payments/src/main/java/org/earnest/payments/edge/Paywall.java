package org.earnest.payments.edge;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.kit.http.Problem;
import org.earnest.kit.postgres.Database;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.server.Answer;
import org.earnest.payments.server.Offer;
import org.earnest.payments.server.PaidRequest;
import org.earnest.payments.server.PaymentGate;
import org.earnest.payments.server.Sale;
import org.earnest.payments.store.PostgresPaymentClaims;
import org.earnest.payments.wire.PaymentHeaders;

/** Puts a price before a Javalin handler. */
public final class Paywall {
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final int PAYMENT_REQUIRED = 402;

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
   * The handler for whoever pays. It runs once per payment; status, content type and body of its
   * answer are kept for the same payment sent again. Answers of status 400 and above are not
   * charged.
   */
  public Handler charge(Offer offer, Handler handler) {
    return context ->
        send(context, gate.serve(request(context), offer, () -> answer(context, handler)));
  }

  private PaidRequest request(Context context) {
    List<String> payments =
        Collections.list(context.req().getHeaders(PaymentHeaders.PAYMENT_SIGNATURE));
    boolean version1 = context.header(PaymentHeaders.V1_PAYMENT) != null;
    return new PaidRequest(
        context.req().getMethod(),
        resource(context),
        Keccak256.hash(context.bodyAsBytes()),
        payments,
        version1);
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
    handler.handle(context);
    InputStream result = context.resultInputStream();
    String type = context.res().getContentType();
    return new Answer(
        context.statusCode(),
        Optional.ofNullable(type),
        result == null ? new byte[0] : atMost(result));
  }

  private static byte[] atMost(InputStream result) throws IOException {
    return result.readNBytes(Answer.MAX_BYTES + 1);
  }

  private static void send(Context context, Sale sale) {
    switch (sale) {
      case Sale.Served served -> {
        send(context, served.answer());
        context
            .header(PaymentHeaders.PAYMENT_RESPONSE, PaymentHeaders.encode(served.settlement()))
            .header(CACHE_CONTROL, "private");
      }
      case Sale.NotCharged free -> send(context, free.answer());
      case Sale.PaymentNeeded needed -> {
        context
            .status(PAYMENT_REQUIRED)
            .header(CACHE_CONTROL, "no-store")
            .header(PaymentHeaders.PAYMENT_REQUIRED, PaymentHeaders.encode(needed.required()))
            .contentType("application/json")
            .result("{}".getBytes(StandardCharsets.UTF_8));
        needed
            .settlement()
            .ifPresent(
                failed ->
                    context.header(PaymentHeaders.PAYMENT_RESPONSE, PaymentHeaders.encode(failed)));
      }
      case Sale.Refused refused -> {
        context.header(CACHE_CONTROL, "no-store");
        problem(refused).send(context);
      }
    }
  }

  private static void send(Context context, Answer answer) {
    context.status(answer.status()).result(answer.body());
    answer.contentType().ifPresent(context::contentType);
  }

  private static Problem problem(Sale.Refused refused) {
    Problem problem =
        Problem.of(refused.status(), refused.code(), "The payment was not taken", refused.detail());
    return refused.retryable() ? problem.retry() : problem;
  }
}
