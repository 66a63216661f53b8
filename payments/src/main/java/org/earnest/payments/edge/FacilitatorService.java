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
import org.earnest.payments.facilitator.EvmFacilitator;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.facilitator.Obstacle;
import org.earnest.payments.facilitator.Relayers;
import org.earnest.payments.facilitator.Settlement;
import org.earnest.payments.facilitator.SettlementState;
import org.earnest.payments.store.PostgresSettlements;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import org.earnest.payments.wire.WireObject;

/** The x402 facilitator over HTTP. Verdicts come with 200, good and bad alike. */
public final class FacilitatorService implements HttpService {
  private final EvmFacilitator facilitator;

  public FacilitatorService(EvmFacilitator facilitator) {
    this.facilitator = facilitator;
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
            EvmFacilitator.PATIENCE));
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
    routes.get("/supported", context -> send(context, facilitator.supported()));
    routes.get("/settlements/{id}", this::settlement);
  }

  private void verify(Context context) {
    FacilitatorRequest request = request(context);
    send(context, answering(() -> facilitator.verify(request)));
  }

  private void settle(Context context) {
    FacilitatorRequest request = request(context);
    send(context, answering(() -> facilitator.settle(request)));
  }

  private void settlement(Context context) {
    Hash32 id = Requests.parse("path parameter id", () -> new Hash32(context.pathParam("id")));
    Settlement found =
        answering(() -> facilitator.settlement(id))
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

  private static <T> T answering(Supplier<T> question) {
    try {
      return question.get();
    } catch (FacilitatorUnavailableException unavailable) {
      // The host has its own answer for a chain that is away.
      if (unavailable.getCause() instanceof ChainUnavailableException chain) {
        throw chain;
      }
      if (unavailable.obstacle().isPresent()) {
        throw problem(unavailable.obstacle().get()).asException();
      }
      throw unavailable;
    }
  }

  private static Problem problem(Obstacle obstacle) {
    return Problem.of(
            503, obstacle.reason().code(), "The facilitator cannot settle now", obstacle.detail())
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
