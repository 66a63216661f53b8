package org.earnest.payments.edge;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.earnest.kit.http.Routes;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.Database;
import org.earnest.payments.facilitator.Catalogue;
import org.earnest.payments.facilitator.EvmFacilitator;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.facilitator.Listing;
import org.earnest.payments.facilitator.Obstacle;
import org.earnest.payments.facilitator.Relayers;
import org.earnest.payments.facilitator.Settlement;
import org.earnest.payments.facilitator.SettlementState;
import org.earnest.payments.store.PostgresCatalogue;
import org.earnest.payments.store.PostgresSettlements;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import org.earnest.payments.wire.WireObject;

/** The x402 facilitator over HTTP. Verdicts come with 200, good and bad alike. */
public final class FacilitatorService implements HttpService {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final EvmFacilitator facilitator;
  private final boolean listing;
  private final Discovery discovery;

  /** One that lists nothing. */
  public FacilitatorService(EvmFacilitator facilitator) {
    this(facilitator, Optional.empty(), InstantSource.system());
  }

  private FacilitatorService(
      EvmFacilitator facilitator, Optional<Catalogue> catalogue, InstantSource clock) {
    this.facilitator = facilitator;
    this.listing = catalogue.isPresent();
    this.discovery = new Discovery(catalogue.orElseGet(Catalogue::none), clock);
  }

  /** The same with one account that sends each settlement by itself. */
  public static FacilitatorService open(
      Database database,
      ChainReader chain,
      TransactionSubmitter submitter,
      FacilitatorPolicy policy,
      Finality finality,
      InstantSource clock) {
    return open(database, chain, Relayers.of(submitter), policy, finality, clock);
  }

  /**
   * Wires one, and brings the schema {@code payments} up to date.
   *
   * @param relayers pay the gas
   * @param finality when a settlement is told for good; the same as the submitter's
   * @param clock the time by which authorizations are judged, the chain's where it may differ
   */
  public static FacilitatorService open(
      Database database,
      ChainReader chain,
      Relayers relayers,
      FacilitatorPolicy policy,
      Finality finality,
      InstantSource clock) {
    database.migrate("payments");
    return new FacilitatorService(
        new EvmFacilitator(
            chain,
            relayers,
            new PostgresSettlements(database),
            policy,
            finality,
            clock,
            EvmFacilitator.PATIENCE),
        Optional.of(new PostgresCatalogue(database)),
        InstantSource.system());
  }

  @Override
  public String name() {
    return "payments";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.post("/verify", this::verify);
    routes.post("/settle", this::settle);
    routes.get("/supported", context -> send(context, answering(context, this::supported)));
    discovery.routes(routes);
    routes.get("/settlements/{id}", this::settlement);
  }

  private void verify(Context context) {
    FacilitatorRequest request = request(context);
    send(context, answering(context, () -> facilitator.verify(request)));
  }

  private void settle(Context context) {
    FacilitatorRequest request = request(context);
    SettleResponse answer = answering(context, () -> facilitator.settle(request));
    if (answer.success()) {
      discovery.sold(request);
    }
    send(context, answer);
  }

  private SupportedResponse supported() {
    SupportedResponse supported = facilitator.supported();
    return listing ? supported.extended(Listing.EXTENSION) : supported;
  }

  private void settlement(Context context) {
    Hash32 id = Requests.parse("path parameter id", () -> new Hash32(context.pathParam("id")));
    Settlement found =
        answering(context, () -> facilitator.settlement(id))
            .orElseThrow(
                () ->
                    Problem.notFound("settlement_unknown", "no settlement has this id")
                        .asException());
    context.contentType("application/json").result(StrictJson.write(SettlementView.of(found)));
  }

  private static FacilitatorRequest request(Context context) {
    try {
      return FacilitatorRequest.parse(WireJson.read(context.bodyAsBytes()));
    } catch (WireFormatException refused) {
      throw Problem.of(
              400, "malformed_x402", "The body is not an x402 request", refused.getMessage())
          .asException();
    }
  }

  private static <T> T answering(Context context, Supplier<T> question) {
    try {
      return question.get();
    } catch (FacilitatorUnavailableException unavailable) {
      // The host has its own answer for a chain that is away.
      if (unavailable.getCause() instanceof ChainUnavailableException chain) {
        throw chain;
      }
      if (unavailable.retryAfter().isPresent() && unavailable.obstacle().isPresent()) {
        long seconds = Math.max(1, unavailable.retryAfter().get().toSeconds());
        context.header("Retry-After", Long.toString(seconds));
        throw problem(TOO_MANY_REQUESTS, unavailable.obstacle().get()).asException();
      }
      if (unavailable.obstacle().isPresent()) {
        throw problem(UNAVAILABLE, unavailable.obstacle().get()).asException();
      }
      throw unavailable;
    }
  }

  private static Problem problem(int status, Obstacle obstacle) {
    return Problem.of(
            status,
            obstacle.reason().code(),
            "The facilitator cannot settle now",
            obstacle.detail())
        .retry();
  }

  private static void send(Context context, WireObject answer) {
    context.contentType("application/json").result(WireJson.write(answer));
  }

  /** A settlement as it is shown. Amounts are atomic units. */
  record SettlementView(
      String id,
      String state,
      Optional<String> finality,
      String asset,
      String payer,
      String payTo,
      String amount,
      String nonce,
      Optional<String> transaction,
      Optional<String> reason,
      Optional<String> detail) {
    static SettlementView of(Settlement settlement) {
      return new SettlementView(
          settlement.id().hex(),
          settlement.state().text(),
          finality(settlement),
          settlement.key().asset().toString(),
          settlement.key().from().hex(),
          settlement.payTo().hex(),
          decimal(settlement.amount()),
          settlement.key().nonce().hex(),
          settlement.transaction().map(Hash32::hex),
          settlement.reason(),
          settlement.detail());
    }

    private static Optional<String> finality(Settlement settlement) {
      if (settlement.isFinal()) {
        return Optional.of("final");
      }
      return settlement.state() == SettlementState.SUBMITTED
          ? Optional.empty()
          : Optional.of("included");
    }

    private static String decimal(BigInteger amount) {
      return amount.toString();
    }
  }
}
