package org.earnest.payments.client;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.chain.EvmSigner;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.X402Version;

/**
 * Asks a seller to give back at once what is left in a channel. It signs nothing that was not
 * signed before; from a seller that refuses it is withdrawn from the hub.
 */
public final class ChannelRefunds {
  private static final int HTTP_FAILURE = 500;

  /** Sellers wait for the refund to be mined before they answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;
  private final ChannelSigner channels;
  private final PaymentJournal journal;

  /**
   * Wires one.
   *
   * @param http must not follow redirects
   * @param signer of the account that pays
   */
  public ChannelRefunds(HttpClient http, EvmSigner signer, PaymentJournal journal) {
    this.http = http;
    this.channels = new ChannelSigner(signer);
    this.journal = journal;
  }

  /** What a seller answered. */
  public sealed interface Outcome {
    /**
     * The rest was given back.
     *
     * @param left what the channel still holds: what its seller has earned
     * @param transaction its hash
     */
    record Refunded(Purse left, String transaction) implements Outcome {}

    /** It is under way, or nobody knows: ask the same again. */
    record Pending(String detail) implements Outcome {}

    /**
     * It was not given back.
     *
     * @param code the seller's, or {@code no_channel_offer} where it asks for none
     */
    record Refused(String code, String detail) implements Outcome {}
  }

  private record Offered(PaymentRequired required, PaymentRequirements offer, ChannelTerms terms) {}

  /**
   * Asks for all that is left.
   *
   * @param url something that the seller sells out of the channel
   * @throws IOException when no answer came; the same may be asked again
   */
  public Outcome ask(URI url) throws IOException, InterruptedException {
    HttpResponse<Void> answer = http.send(get(url).build(), BodyHandlers.discarding());
    Optional<Offered> offered = required(answer).flatMap(ChannelRefunds::offered);
    if (offered.isEmpty()) {
      return new Outcome.Refused(
          "no_channel_offer", "the address offers nothing that is paid out of a channel");
    }
    Purse purse = purse(url, offered.get().terms());
    HttpResponse<Void> told = show(url, offered.get(), purse.cursor());
    Optional<Purse> corrected =
        required(told)
            .flatMap(required -> channels.corrected(turn(purse), offered.get().terms(), required));
    if (corrected.isEmpty()) {
      return outcome(purse, told);
    }
    journal.corrected(corrected.get());
    return outcome(corrected.get(), show(url, offered.get(), corrected.get().cursor()));
  }

  private Purse purse(URI url, ChannelTerms terms) {
    Purse fresh = Purse.empty(channels.channel(terms), terms.chain(), Origins.of(url));
    return journal.purse(fresh.id()).orElse(fresh);
  }

  private static ChannelTurn turn(Purse purse) {
    return new ChannelTurn(purse, purse.cursor(), BigInteger.ZERO, BigInteger.ZERO, 0);
  }

  private static Optional<Offered> offered(PaymentRequired required) {
    Stream<Offered> offers =
        required.accepts().stream()
            .flatMap(
                offer ->
                    ChannelTerms.read(offer)
                        .map(terms -> new Offered(required, offer, terms))
                        .stream());
    return offers.findFirst();
  }

  private HttpResponse<Void> show(URI url, Offered offered, BigInteger cursor)
      throws IOException, InterruptedException {
    PaymentPayload payment =
        PaymentPayload.of(
            offered.required(), offered.offer(), channels.refund(offered.terms(), cursor).toJson());
    return http.send(
        get(url).header(X402Version.V2.paymentHeader(), PaymentHeaders.encode(payment)).build(),
        BodyHandlers.discarding());
  }

  private Outcome outcome(Purse purse, HttpResponse<Void> told) {
    Optional<SettleResponse> settlement =
        Answer.header(told, X402Version.V2.responseHeader(), SettleResponse::parse);
    if (settlement.filter(SettleResponse::success).isPresent()) {
      // a seller that says less would have the same deposited again
      Purse left =
          purse.holding(
              state(settlement.get())
                  .map(ChannelState::balance)
                  .orElse(purse.cursor())
                  .max(purse.cursor()));
      journal.corrected(left);
      return new Outcome.Refunded(left, settlement.get().transaction());
    }
    if (settlement.filter(SettleResponse::isPending).isPresent()
        || told.statusCode() >= HTTP_FAILURE) {
      return new Outcome.Pending("the seller answered " + told.statusCode() + ": ask again");
    }
    String code =
        settlement
            .flatMap(SettleResponse::errorReason)
            .or(() -> required(told).flatMap(PaymentRequired::error))
            .orElse("status_" + told.statusCode());
    return new Outcome.Refused(
        code, settlement.flatMap(SettleResponse::errorMessage).orElse("the seller refuses"));
  }

  private static Optional<ChannelState> state(SettleResponse settlement) {
    return ChannelState.read(settlement.rest().path("extra").path("channelState"));
  }

  private static Optional<PaymentRequired> required(HttpResponse<?> response) {
    return Answer.header(response, PaymentHeaders.PAYMENT_REQUIRED, PaymentRequired::parse);
  }

  private static HttpRequest.Builder get(URI url) {
    return HttpRequest.newBuilder(url).timeout(PATIENCE).GET();
  }
}
