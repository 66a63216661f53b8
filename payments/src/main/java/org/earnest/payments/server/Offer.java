package org.earnest.payments.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.permit2.SponsoredPermit;
import org.earnest.payments.wire.NetworksV1;
import org.earnest.payments.wire.PaymentPayloadV1;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.ResourceInfo;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a route sells, and for what.
 *
 * @param description of the answer, for a person
 * @param mimeType of the answer
 * @param accepts the ways to pay, the preferred one first
 * @param settling when the money comes, and when the answer goes
 */
public record Offer(
    String description, String mimeType, List<PaymentRequirements> accepts, Settling settling) {
  /** How long after signing a payment may be settled. */
  public static final Duration TIMEOUT = Duration.ofMinutes(1);

  public Offer {
    accepts = List.copyOf(accepts);
    if (accepts.isEmpty()) {
      throw new IllegalArgumentException("an offer names at least one way to pay");
    }
    boolean escrow = settling.flow() == Settling.Flow.ESCROW;
    if (accepts.stream().anyMatch(way -> CaptureTerms.isAskedFor(way) != escrow)) {
      throw new IllegalArgumentException("all is paid into escrow, or nothing");
    }
    if (settling.flow() == Settling.Flow.UPFRONT
        && accepts.stream().anyMatch(way -> way.scheme().equals(Permit2Requirements.UPTO))) {
      throw new IllegalArgumentException("what is paid first has no price that is known after");
    }
  }

  /** One whose answer is made first, and goes once it is settled. */
  public Offer(String description, String mimeType, List<PaymentRequirements> accepts) {
    this(description, mimeType, accepts, Settling.DEFAULT);
  }

  /** The same with another order of money and answer, which its ways to pay tell the buyer. */
  public Offer settling(Settling terms) {
    boolean upfront = terms.flow() == Settling.Flow.UPFRONT;
    return new Offer(
        description,
        mimeType,
        accepts.stream().map(way -> upfront ? upfront(way) : way).toList(),
        terms);
  }

  private static PaymentRequirements upfront(PaymentRequirements way) {
    return new PaymentRequirements(
        way.scheme(),
        way.network(),
        way.amount(),
        way.asset(),
        way.payTo(),
        way.maxTimeoutSeconds(),
        way.extra().deepCopy().put("paymentFlow", "upfront"),
        way.rest());
  }

  /**
   * One price in one token, by EIP-3009.
   *
   * @param tokenName of the token's EIP-712 domain
   * @param tokenVersion of the token's EIP-712 domain
   */
  public static Offer exact(
      String description,
      String mimeType,
      TokenAmount price,
      EvmAddress payTo,
      String tokenName,
      String tokenVersion) {
    return new Offer(
        description,
        mimeType,
        List.of(new ExactRequirements(price, payTo, TIMEOUT, tokenName, tokenVersion).toWire()));
  }

  /**
   * At most this price in one token, through Permit2; what it is decides whoever answers.
   *
   * @param facilitator who alone may settle, as {@code /supported} names it
   */
  public static Offer upTo(
      String description,
      String mimeType,
      TokenAmount cap,
      EvmAddress payTo,
      EvmAddress facilitator) {
    return new Offer(
        description,
        mimeType,
        List.of(new Permit2Requirements(cap, payTo, TIMEOUT, Optional.of(facilitator)).toWire()));
  }

  /**
   * One price that waits in escrow, where its buyer can dispute it. {@code EscrowTill} remembers
   * what was paid so, and {@code Captures} fetches it.
   */
  public static Offer disputable(String description, String mimeType, CaptureTerms terms) {
    return new Offer(description, mimeType, List.of(terms.toWire()), Settling.ESCROW);
  }

  /** The server's own words for what the client accepted, if it is on offer. */
  Optional<PaymentRequirements> matching(PaymentRequirements accepted) {
    return accepts.stream().filter(own -> own.isAcceptedAs(accepted)).findFirst();
  }

  /**
   * The same for a payment of version 1, which names scheme and network alone: of several tokens
   * there the one whose price it pays, and else the first, which says what is wrong with it.
   */
  Optional<PaymentRequirements> matching(PaymentPayloadV1 payment) {
    Optional<String> network = NetworksV1.caip2(payment.network());
    List<PaymentRequirements> fitting =
        accepts.stream()
            .filter(own -> own.scheme().equals(payment.scheme()))
            .filter(own -> network.filter(own.network()::equals).isPresent())
            .toList();
    String value = payment.payload().path("authorization").path("value").asString("");
    return fitting.stream()
        .filter(own -> own.amount().toString().equals(value))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  PaymentRequired required(String resourceUrl, String error) {
    ObjectNode extensions = JsonNodeFactory.instance.objectNode();
    extensions.set(PaymentIdentifier.NAME, PaymentIdentifier.declaration());
    if (accepts.stream().anyMatch(Offer::takesPermit)) {
      extensions.set(SponsoredPermit.NAME, SponsoredPermit.declaration());
    }
    return new PaymentRequired(
        Optional.of(error),
        ResourceInfo.of(resourceUrl, description, mimeType),
        accepts,
        extensions,
        JsonNodeFactory.instance.objectNode());
  }

  private static boolean takesPermit(PaymentRequirements way) {
    return Permit2Requirements.of(way) instanceof Reading.Understood<Permit2Requirements> permit2
        && permit2.value().token().isPresent();
  }

  /** The same, where one way to pay says more than before: what a facilitator told of it. */
  Offer saying(PaymentRequirements way, ObjectNode more) {
    return new Offer(
        description,
        mimeType,
        accepts.stream().map(own -> own.equals(way) ? own.saying(more) : own).toList(),
        settling);
  }
}
