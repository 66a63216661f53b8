package org.earnest.escrow.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.Leg;
import org.earnest.escrow.store.Closing;
import org.earnest.escrow.store.Deal;
import org.earnest.escrow.store.DealQueries;
import org.earnest.escrow.store.Delivery;

/** What the service answers. Amounts are decimal text of atomic units. */
final class Views {
  private Views() {}

  /** Where something is on record. */
  record Place(String transaction, long blockNumber, String blockHash, int logIndex) {
    static Place of(LogRef log) {
      return new Place(
          log.transaction().hex(), log.block().number(), log.block().hash().hex(), log.logIndex());
    }
  }

  record At(String chainId, long blockNumber, String blockHash) {
    static At of(BlockRef block) {
      return new At(block.chain().toString(), block.number(), block.hash().hex());
    }
  }

  record DeliveryView(String deliverable, String uri, long late, Place place) {
    static DeliveryView of(Delivery delivery) {
      return new DeliveryView(
          delivery.event().deliverable().hex(),
          delivery.event().uri(),
          delivery.event().late(),
          Place.of(delivery.log()));
    }
  }

  record ClosingView(
      Optional<Integer> rating,
      long late,
      String toPayee,
      String toClient,
      String fee,
      String penalty,
      Place place) {
    static ClosingView of(Closing closing) {
      return new ClosingView(
          Optional.of(closing.rating()).filter(rating -> rating != DealEscrowCalls.NO_RATING),
          closing.late(),
          closing.toPayee().toString(),
          closing.toClient().toString(),
          closing.fee().toString(),
          closing.penalty().toString(),
          Place.of(closing.log()));
    }
  }

  /**
   * One leg.
   *
   * @param lapsesAfter second of 1970 after which anybody may have time's decision applied
   */
  record LegView(
      int leg,
      String state,
      String payee,
      String amount,
      Optional<Long> lapsesAfter,
      Optional<DeliveryView> delivery,
      Optional<ClosingView> closing) {}

  record DealView(
      String dealId,
      String chainId,
      String escrow,
      Map<String, Object> terms,
      String total,
      Place opened,
      List<LegView> legs,
      At at) {}

  record Opened(
      String dealId, String transaction, long blockNumber, String blockHash, DealView deal) {}

  record Applied(
      String dealId,
      int leg,
      String state,
      String transaction,
      long blockNumber,
      String blockHash,
      DealView deal) {}

  /** Sent, and not on record yet. */
  record Pending(
      String dealId,
      String status,
      String submission,
      Optional<String> transaction,
      List<String> ask) {}

  record ListedView(String dealId, String client, String token, Place opened) {
    static ListedView of(DealQueries.Listed listed) {
      return new ListedView(
          listed.id().toString(),
          listed.client().hex(),
          listed.token().hex(),
          Place.of(listed.opened()));
    }
  }

  record Page(List<ListedView> deals, Optional<String> next) {}

  static DealView deal(Deal deal, EvmAddress escrow, IntFunction<Optional<Long>> lapsesAfter) {
    List<LegView> legs = new ArrayList<>(deal.terms().legs().size());
    for (int i = 0; i < deal.terms().legs().size(); i++) {
      legs.add(leg(deal, i, lapsesAfter.apply(i)));
    }
    return new DealView(
        deal.id().toString(),
        deal.at().chain().toString(),
        escrow.hex(),
        TermsJson.write(deal.terms()),
        deal.terms().total().toString(),
        Place.of(deal.opened()),
        legs,
        At.of(deal.at()));
  }

  /** The log that brought a leg where it is. */
  static LogRef last(Deal deal, int leg) {
    return Optional.ofNullable(deal.closings().get(leg))
        .map(Closing::log)
        .or(() -> Optional.ofNullable(deal.deliveries().get(leg)).map(Delivery::log))
        .orElse(deal.opened());
  }

  static String state(Deal deal, int leg) {
    return deal.state(leg).name().toLowerCase(Locale.ROOT);
  }

  private static LegView leg(Deal deal, int index, Optional<Long> lapsesAfter) {
    Leg leg = deal.terms().legs().get(index);
    return new LegView(
        index,
        state(deal, index),
        leg.payee().hex(),
        leg.amount().toString(),
        lapsesAfter,
        Optional.ofNullable(deal.deliveries().get(index)).map(DeliveryView::of),
        Optional.ofNullable(deal.closings().get(index)).map(ClosingView::of));
  }
}
