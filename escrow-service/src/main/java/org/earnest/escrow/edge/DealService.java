package org.earnest.escrow.edge;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealId;
import org.earnest.escrow.chain.DealRelay;
import org.earnest.escrow.chain.DepositRelay;
import org.earnest.escrow.chain.RelayOutcome;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.decide.LegVerb;
import org.earnest.escrow.store.Deal;
import org.earnest.escrow.store.DealQueries;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Readiness;
import org.earnest.kit.http.Routes;
import org.earnest.kit.idempotency.IdempotencyKeys;

/** Deals over HTTP, from their opening to their ratings, for parties that need no gas. */
public final class DealService implements HttpService {
  private static final String LEG = "/deals/{dealId}/legs/{leg}/";
  private static final String RETRY_AFTER_SECONDS = "2";
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private final EscrowBounds bounds;
  private final DealRelay relay;
  private final DealQueries deals;
  private final Preparations preparations;
  private final LegPreparations legPreparations;
  private final Deposits deposits;
  private final IdempotencyKeys idempotency;
  private final Supplier<Readiness> readiness;

  public DealService(
      EscrowBounds bounds,
      DealRelay relay,
      DepositRelay depositRelay,
      DealQueries deals,
      IdempotencyKeys idempotency,
      Supplier<Readiness> readiness) {
    this.bounds = bounds;
    this.relay = relay;
    this.deals = deals;
    this.preparations = new Preparations(bounds, relay);
    this.legPreparations = new LegPreparations(bounds, relay);
    this.deposits = new Deposits(bounds, depositRelay, relay::time);
    this.idempotency = idempotency;
    this.readiness = readiness;
  }

  @Override
  public String name() {
    return "escrow-service";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public Readiness readiness() {
    return readiness.get();
  }

  @Override
  public void routes(Routes routes) {
    routes.post("/deals/prepare", preparations::deal);
    routes.post("/deals", once(this::open));
    routes.get("/deals", this::list);
    routes.get("/deals/{dealId}", this::show);
    leg(routes, "join", legPreparations::join, Bodies::join);
    leg(routes, "deliver", legPreparations::deliver, Bodies::deliver);
    leg(routes, "substitute", legPreparations::substitute, Bodies::substitute);
    leg(routes, "accept", legPreparations::accept, Bodies::accept);
    leg(routes, "dispute", legPreparations::dispute, Bodies::dispute);
    leg(routes, "settle", legPreparations::settle, Bodies::settle);
    leg(routes, "rate", legPreparations::rate, Bodies::rate);
    routes.post(LEG + "lapse", once(context -> apply(context, body -> new LegVerb.Lapse())));
    routes.post("/deposits/prepare", deposits::prepare);
    routes.post("/deposits", once(deposits::deposit));
    routes.get("/credit", deposits::credit);
  }

  /** A verb on a leg: what is to be signed for it, and the verb itself. */
  private void leg(
      Routes routes, String verb, Handler preparation, Function<Context, LegVerb> body) {
    routes.post(LEG + verb + "/prepare", preparation);
    routes.post(LEG + verb, once(context -> apply(context, body)));
  }

  /** The deal's own keys make a request happen once; a caller's key brings its answer back too. */
  private Handler once(Handler handler) {
    return idempotency.around(name(), handler);
  }

  private void open(Context context) throws InterruptedException {
    var request = Bodies.open(context);
    DealId id = bounds.typedData().dealId(request.terms());
    context.header("Location", path(id));
    answer(context, id, relay.open(request), this::opened, CREATED);
  }

  private void apply(Context context, Function<Context, LegVerb> body) throws InterruptedException {
    DealId id = Paths.deal(context);
    int leg = Paths.leg(context);
    RelayOutcome<Deal> outcome = relay.apply(id, leg, body.apply(context));
    answer(context, id, outcome, deal -> applied(deal, leg), 200);
  }

  private void show(Context context) throws InterruptedException {
    DealId id = Paths.deal(context);
    Deal deal =
        relay
            .find(id)
            .orElseThrow(() -> Problem.notFound("deal_unknown", unknown(id)).asException());
    context.json(view(deal, firmness()));
  }

  private void list(Context context) {
    int limit = Paths.limit(context);
    List<DealQueries.Listed> page =
        deals.ofParty(Paths.party(context), Paths.cursor(context), limit);
    Optional<String> next =
        page.size() < limit
            ? Optional.empty()
            : Optional.of(page.getLast().opened())
                .map(log -> log.block().number() + "-" + log.logIndex());
    context.json(new Views.Page(page.stream().map(Views.ListedView::of).toList(), next));
  }

  private static void answer(
      Context context,
      DealId id,
      RelayOutcome<Deal> outcome,
      Function<Deal, Object> done,
      int status) {
    switch (outcome) {
      case RelayOutcome.Done<Deal>(Deal deal) -> context.status(status).json(done.apply(deal));
      case RelayOutcome.Waiting<Deal> waiting ->
          context
              .status(ACCEPTED)
              .header("Retry-After", RETRY_AFTER_SECONDS)
              .json(pending(id, waiting));
      case RelayOutcome.Refused<Deal>(var refusal) -> Problems.of(refusal).send(context);
      case RelayOutcome.Unknown<Deal>(String code, String detail) ->
          Problem.notFound(code, detail).send(context);
    }
  }

  private Views.Opened opened(Deal deal) {
    LogRef log = deal.opened();
    Views.Firmness firmness = firmness();
    return new Views.Opened(
        deal.id().toString(),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        Views.text(firmness.of(log)),
        view(deal, firmness));
  }

  private Views.Applied applied(Deal deal, int leg) {
    LogRef log = Views.last(deal, leg);
    Views.Firmness firmness = firmness();
    return new Views.Applied(
        deal.id().toString(),
        leg,
        Views.state(deal, leg),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        Views.text(firmness.of(log)),
        view(deal, firmness));
  }

  private Views.DealView view(Deal deal, Views.Firmness firmness) {
    return Views.deal(deal, bounds.escrow(), leg -> relay.occupancy(deal, leg), firmness);
  }

  private Views.Firmness firmness() {
    return new Views.Firmness(relay.finalBlock());
  }

  private static Views.Pending pending(DealId id, RelayOutcome.Waiting<Deal> waiting) {
    return new Views.Pending(
        id.toString(),
        "pending",
        waiting.submission().toString(),
        waiting.transaction().map(Hash32::hex),
        waiting.inclusion().map(Views::text),
        List.of(path(id), "/submissions/" + waiting.submission()));
  }

  private static String path(DealId id) {
    return "/deals/" + id;
  }

  private static String unknown(DealId id) {
    return "No deal " + id + " was opened at this escrow.";
  }
}
