package org.earnest.escrow.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.Occupancy;
import org.earnest.core.submission.Inclusion;
import org.earnest.escrow.decide.LegVerb;
import org.earnest.escrow.store.Deal;
import org.earnest.escrow.store.DealQueries;
import org.earnest.escrow.store.Recorded;

/** What the service answers. Amounts are decimal text of atomic units. */
final class Views {
  private Views() {}

  /**
   * Where something is on record.
   *
   * @param inclusion how firmly; empty in lists
   */
  record Place(
      String transaction,
      long blockNumber,
      String blockHash,
      int logIndex,
      Optional<String> inclusion) {
    static Place of(LogRef log, Optional<Inclusion> inclusion) {
      return new Place(
          log.transaction().hex(),
          log.block().number(),
          log.block().hash().hex(),
          log.logIndex(),
          inclusion.map(Views::text));
    }
  }

  /**
   * How firmly the chain holds what is on record.
   *
   * @param finalBlock the highest that counts as final; empty while there is none
   */
  record Firmness(Optional<Long> finalBlock) {
    Inclusion of(LogRef log) {
      return finalBlock.filter(number -> number >= log.block().number()).isPresent()
          ? Inclusion.FINAL
          : Inclusion.INCLUDED;
    }

    Place place(LogRef log) {
      return Place.of(log, Optional.of(of(log)));
    }
  }

  record At(String chainId, long blockNumber, String blockHash) {
    static At of(BlockRef block) {
      return new At(block.chain().toString(), block.number(), block.hash().hex());
    }
  }

  record DeliveryView(String deliverable, String uri, long late, Place place) {
    static DeliveryView of(Recorded<DealEvent.Delivered> delivery, Firmness firmness) {
      return new DeliveryView(
          delivery.event().deliverable().hex(),
          delivery.event().uri(),
          delivery.event().late(),
          firmness.place(delivery.log()));
    }
  }

  /**
   * How a leg ended.
   *
   * @param retainerTo who got the retainer, and the bond of a standby that was never called
   * @param reason the arbiter's reason hash
   */
  record ClosingView(
      Optional<Integer> rating,
      long late,
      String toPayee,
      String toClient,
      String fee,
      String penalty,
      String arbiterFee,
      String bondToClient,
      Optional<String> retainerTo,
      Optional<String> reason,
      Place place) {
    static ClosingView of(Recorded<DealEvent.Closed> closing, Firmness firmness) {
      DealEvent.Closed closed = closing.event();
      return new ClosingView(
          Optional.of(closed.rating()).filter(rating -> rating != DealEscrowCalls.NO_RATING),
          closed.late(),
          closed.toPayee().toString(),
          closed.toClient().toString(),
          closed.fee().toString(),
          closed.penalty().toString(),
          closed.arbiterFee().toString(),
          closed.bondToClient().toString(),
          Optional.of(closed.retainerTo()).filter(to -> !to.isZero()).map(EvmAddress::hex),
          Optional.of(closed.reason()).filter(why -> !why.equals(Hash32.ZERO)).map(Hash32::hex),
          firmness.place(closing.log()));
    }
  }

  /** A standby took over. */
  record SubstitutionView(long newDue, String bondToClient, Place place) {
    static SubstitutionView of(Recorded<DealEvent.Substituted> substitution, Firmness firmness) {
      return new SubstitutionView(
          substitution.event().newDue(),
          substitution.event().bondToClient().toString(),
          firmness.place(substitution.log()));
    }
  }

  /**
   * The arbiter was called.
   *
   * @param by nobody if the client's silence called it by the terms
   */
  record DisputeView(Optional<String> by, long rulingBy, String evidence, String uri, Place place) {
    static DisputeView of(Recorded<DealEvent.Disputed> dispute, Firmness firmness) {
      return new DisputeView(
          Optional.of(dispute.event().by()).filter(by -> !by.isZero()).map(EvmAddress::hex),
          dispute.event().rulingBy(),
          dispute.event().evidence().hex(),
          dispute.event().uri(),
          firmness.place(dispute.log()));
    }
  }

  /** A side's rating of the other, after the leg had closed. */
  record RatingView(String by, int rating, Place place) {
    static RatingView of(Recorded<DealEvent.Rated> rating, Firmness firmness) {
      return new RatingView(
          LegVerb.side(rating.event().byClient()),
          rating.event().rating(),
          firmness.place(rating.log()));
    }
  }

  /**
   * One leg.
   *
   * @param occupant the payee at work: the payee, or the standby once that has taken over
   * @param lapsesAfter second of 1970 after which anybody may have time's decision applied
   */
  record LegView(
      int leg,
      String state,
      String payee,
      String occupant,
      String amount,
      Optional<Long> lapsesAfter,
      Optional<SubstitutionView> substitution,
      Optional<DeliveryView> delivery,
      Optional<DisputeView> dispute,
      Optional<ClosingView> closing,
      List<RatingView> ratings) {}

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
      String dealId,
      String transaction,
      long blockNumber,
      String blockHash,
      String inclusion,
      DealView deal) {}

  record Applied(
      String dealId,
      int leg,
      String state,
      String transaction,
      long blockNumber,
      String blockHash,
      String inclusion,
      DealView deal) {}

  /** Sent, and not on record yet. */
  record Pending(
      String dealId,
      String status,
      String submission,
      Optional<String> transaction,
      Optional<String> inclusion,
      List<String> ask) {}

  /**
   * A deposit that is in, or an account's credit.
   *
   * @param credit atomic units
   */
  record CreditView(String token, String account, String credit, At at) {}

  record PendingDeposit(
      String status,
      String submission,
      Optional<String> transaction,
      Optional<String> inclusion,
      List<String> ask) {}

  record ListedView(String dealId, String client, String token, Place opened) {
    static ListedView of(DealQueries.Listed listed) {
      return new ListedView(
          listed.id().toString(),
          listed.client().hex(),
          listed.token().hex(),
          Place.of(listed.opened(), Optional.empty()));
    }
  }

  record Page(List<ListedView> deals, Optional<String> next) {}

  static DealView deal(
      Deal deal, EvmAddress escrow, IntFunction<Occupancy> occupancy, Firmness firmness) {
    List<LegView> legs = new ArrayList<>(deal.terms().legs().size());
    for (int i = 0; i < deal.terms().legs().size(); i++) {
      legs.add(leg(deal, i, occupancy.apply(i), firmness));
    }
    return new DealView(
        deal.id().toString(),
        deal.at().chain().toString(),
        escrow.hex(),
        TermsJson.write(deal.terms()),
        deal.terms().total().toString(),
        firmness.place(deal.opened()),
        legs,
        At.of(deal.at()));
  }

  /** The log that brought a leg where it is. */
  static LogRef last(Deal deal, int leg) {
    return deal.leg(leg).last().orElse(deal.opened());
  }

  static String text(Inclusion inclusion) {
    return inclusion.name().toLowerCase(Locale.ROOT);
  }

  static String state(Deal deal, int leg) {
    return deal.state(leg).name().toLowerCase(Locale.ROOT);
  }

  private static LegView leg(Deal deal, int index, Occupancy occupancy, Firmness firmness) {
    Leg leg = deal.terms().legs().get(index);
    Deal.LegHistory history = deal.leg(index);
    return new LegView(
        index,
        state(deal, index),
        leg.payee().hex(),
        occupancy.occupant().hex(),
        leg.amount().toString(),
        occupancy.lapsesAfter(),
        history.substitution().map(it -> SubstitutionView.of(it, firmness)),
        history.delivery().map(it -> DeliveryView.of(it, firmness)),
        history.dispute().map(it -> DisputeView.of(it, firmness)),
        history.closing().map(it -> ClosingView.of(it, firmness)),
        history.ratings().stream().map(it -> RatingView.of(it, firmness)).toList());
  }
}
