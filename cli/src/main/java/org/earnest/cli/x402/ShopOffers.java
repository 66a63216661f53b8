package org.earnest.cli.x402;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.permit2.SponsoredPermit;
import org.earnest.payments.server.Offer;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.SupportedResponse;
import tools.jackson.databind.JsonNode;

/** What a shop asks for a call, as far as its facilitator settles that. */
final class ShopOffers {
  static final String DESCRIPTION = "a call";
  static final String MIME_TYPE = "application/octet-stream";

  private final ShopPlan plan;
  private final TokenAmount price;
  private final SupportedResponse supported;

  /**
   * Asks the facilitator what it settles.
   *
   * @throws StartupException {@code facilitator_unreachable}, or what is wrong with the price
   */
  ShopOffers(ShopPlan plan, Facilitator facilitator) {
    this.plan = plan;
    this.price = plan.amount();
    try {
      this.supported = facilitator.supported();
    } catch (FacilitatorUnavailableException away) {
      throw new StartupException(
          "facilitator_unreachable",
          plan.facilitator() + ": " + away.getMessage(),
          "Look at the address, or start a facilitator of your own: ./earnest x402 facilitator",
          away);
    }
  }

  /**
   * Whatever is paid at once, out of a channel, or by what it came to.
   *
   * @throws StartupException {@code facilitator_unsuitable}
   */
  Offer offer() {
    SoldToken token = plan.token();
    ShopWays ways = plan.ways();
    List<PaymentRequirements> accepts = new ArrayList<>();
    ways.channels().ifPresent(sales -> accepts.add(channel(sales).toWire()));
    ways.metered().ifPresent(sales -> accepts.add(metered().toWire()));
    if (ways.exact()) {
      accepts.add(
          new ExactRequirements(price, plan.payTo(), Offer.TIMEOUT, token.name(), token.version())
              .toWire());
    }
    accepts.forEach(way -> kind(way.scheme()));
    return new Offer(DESCRIPTION, MIME_TYPE, accepts).settling(plan.settling());
  }

  private ChannelTerms channel(ChannelSales sales) {
    return ChannelTerms.of(
        price,
        plan.payTo(),
        Offer.TIMEOUT,
        sales.authorizer().address(),
        plan.token().name(),
        plan.token().version());
  }

  private Permit2Requirements metered() {
    JsonNode settler = kind(Permit2Requirements.UPTO).extra().path("facilitatorAddress");
    try {
      Permit2Requirements approved =
          new Permit2Requirements(
              price,
              plan.payTo(),
              Offer.TIMEOUT,
              Optional.of(new EvmAddress(settler.asString(""))));
      return SponsoredPermit.isSupported(supported, plan.token().asset())
          ? approved.permitting(plan.token().name(), plan.token().version())
          : approved;
    } catch (IllegalArgumentException unnamed) {
      throw unsuitable("does not name the account that settles 'upto'");
    }
  }

  /**
   * Holds that what is disputed here can be disputed.
   *
   * @throws StartupException {@code facilitator_unsuitable}
   */
  void requireAdmits(EvmAddress operator) {
    JsonNode operators = kind(CaptureTerms.SCHEME).extra().path("operators");
    boolean admitted =
        !operators.isArray()
            || operators
                .valueStream()
                .anyMatch(one -> one.path("address").asString("").equalsIgnoreCase(operator.hex()));
    if (!admitted) {
      throw unsuitable("does not fetch payments for the operator " + operator);
    }
  }

  private SupportedResponse.Kind kind(String scheme) {
    String network = plan.token().asset().chain().toString();
    return supported.kinds().stream()
        .filter(kind -> kind.scheme().equals(scheme) && kind.network().equals(network))
        .findFirst()
        .orElseThrow(() -> unsuitable("does not settle '%s' on %s".formatted(scheme, network)));
  }

  private static StartupException unsuitable(String what) {
    return new StartupException(
        "facilitator_unsuitable",
        "the facilitator " + what,
        "Name another with --facilitator, or another chain with --network");
  }
}
