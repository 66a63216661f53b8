package org.earnest.escrow.edge;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.deal.DealAuthority;
import org.earnest.core.deal.DealAuthority.Verdict;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.OpenedDealsUnavailableException;
import org.earnest.core.deal.SettlementReceipt;
import org.earnest.core.deal.SettlementReceipts;
import org.earnest.core.identity.AgentId;
import org.earnest.escrow.chain.ClientLedger;
import org.earnest.escrow.chain.DealRelay;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.store.Deal;
import org.earnest.escrow.store.Recorded;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;
import org.earnest.kit.http.StatementAnswers;

/** Receipts of what was settled, and the question whether a delegate may open a deal. */
public final class DealCredentialService implements HttpService {
  private final EscrowBounds bounds;
  private final DealRelay relay;
  private final ClientLedger ledger;
  private final Caip10AccountId registry;
  private final SettlementReceipts receipts;
  private final DealAuthority authority;

  public DealCredentialService(
      EscrowBounds bounds,
      DealRelay relay,
      ClientLedger ledger,
      Caip10AccountId registry,
      SettlementReceipts receipts,
      DealAuthority authority) {
    this.bounds = bounds;
    this.relay = relay;
    this.ledger = ledger;
    this.registry = registry;
    this.receipts = receipts;
    this.authority = authority;
  }

  @Override
  public String name() {
    return "deal-credentials";
  }

  @Override
  public String openApiResource() {
    return "deal-credentials.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/deals/{dealId}/legs/{leg}/receipt", this::receipt);
    routes.post("/deals/authority", this::authority);
  }

  /**
   * What was found.
   *
   * @param code why not
   */
  record Answer(
      boolean allowed,
      Optional<String> principal,
      Optional<String> delegate,
      Optional<String> code,
      Optional<String> detail,
      boolean retryable) {
    static Answer of(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Allowed(var principal, var delegate) ->
            new Answer(
                true,
                Optional.of(principal.value()),
                Optional.of(delegate.value()),
                Optional.empty(),
                Optional.empty(),
                false);
        case Verdict.Refused(String code, String detail, boolean retryable) ->
            new Answer(
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(code),
                Optional.of(detail),
                retryable);
      };
    }
  }

  private void authority(Context context) {
    Bodies.Delegated asked = Bodies.delegated(context);
    try {
      context.json(
          Answer.of(
              authority.judge(
                  asked.delegations(),
                  bounds.chain(),
                  asked.terms(),
                  Instant.ofEpochSecond(relay.time()),
                  ledger)));
    } catch (OpenedDealsUnavailableException unavailable) {
      throw Problem.of(
              503,
              "ledger_unavailable",
              "What was spent cannot be told now",
              unavailable.getMessage() + ". Ask again; until then nothing is allowed.")
          .retry()
          .asException();
    }
  }

  private void receipt(Context context) throws InterruptedException {
    DealId id = Paths.deal(context);
    int index = Paths.leg(context);
    Deal deal =
        relay
            .find(id)
            .filter(found -> index < found.legs().size())
            .orElseThrow(
                () ->
                    Problem.notFound(
                            "leg_unknown",
                            "No deal %s with a leg %d was opened at this escrow."
                                .formatted(id, index))
                        .asException());
    Recorded<DealEvent.Closed> closing =
        deal.leg(index)
            .closing()
            .orElseThrow(
                () -> notYet("not_settled", "The leg is open: " + Views.state(deal, index)));
    if (!relay.isFinal(closing.log().block())) {
      throw notYet(
          "not_final",
          "Block %d is not final yet; ask again later.".formatted(closing.log().block().number()));
    }
    SettlementReceipt receipt = receipt(deal, index, closing);
    StatementAnswers.send(context, form -> receipts.issue(receipt, form));
  }

  private SettlementReceipt receipt(Deal deal, int index, Recorded<DealEvent.Closed> closing) {
    Leg leg = deal.terms().legs().get(index);
    DealEvent.Closed closed = closing.event();
    boolean substituted = deal.leg(index).substitution().isPresent();
    Caip19AssetId asset = new Caip19AssetId(bounds.chain(), deal.terms().head().token());
    return new SettlementReceipt(
        new Caip10AccountId(bounds.chain(), bounds.escrow()),
        deal.id(),
        index,
        closed.outcome(),
        deal.terms().head().client(),
        substituted ? leg.standby() : leg.payee(),
        Optional.of(closed.agentId())
            .filter(agent -> agent.signum() > 0)
            .map(agent -> new AgentId(registry, agent)),
        new TokenAmount(asset, closed.toPayee()),
        closed.rating() == DealEscrowCalls.NO_RATING
            ? OptionalInt.empty()
            : OptionalInt.of(closed.rating()),
        closing.log());
  }

  private static RuntimeException notYet(String code, String detail) {
    return Problem.of(409, code, "There is no receipt yet", detail).asException();
  }
}
