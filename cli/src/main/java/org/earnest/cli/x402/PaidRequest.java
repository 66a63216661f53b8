package org.earnest.cli.x402;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.earnest.cli.console.Console;
import org.earnest.cli.indexer.DidMethods;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.PaymentJournal;
import org.earnest.payments.client.PaymentJournalException;
import org.earnest.payments.client.ReceiptStanding;
import org.earnest.payments.client.SignedPayment;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.SettleResponse;
import tools.jackson.databind.JsonNode;

/** Sends one request, pays for it if that is asked and allowed, and tells what came of it. */
public final class PaidRequest {
  private final Wallet wallet;
  private final Supplier<EvmSigner> key;
  private final Optional<Supplier<ChainReader>> chain;
  private final Console console;

  /**
   * One request by one payer.
   *
   * @param key opened once the wallet is known to make sense
   * @param chain asked whether Permit2 may fetch what is paid; empty where it is taken to
   */
  public PaidRequest(
      Wallet wallet,
      Supplier<EvmSigner> key,
      Optional<Supplier<ChainReader>> chain,
      Console console) {
    this.wallet = wallet;
    this.key = key;
    this.chain = chain;
    this.console = console;
  }

  /**
   * The figures of {@code --json}; the answer's body is said as prose.
   *
   * @throws StartupException when the key, the journal or the seller cannot be used
   */
  public Map<String, Object> send(HttpRequest request) {
    URI address = request.uri();
    SpendingPolicy spending = wallet.policy(address);
    EvmSigner signer = key.get();
    Optional<ChainReader> reader = chain.map(Supplier::get);
    try (Lifecycle keys = new Lifecycle();
        PaymentJournal journal = PaymentJournal.open(wallet.journal());
        HttpClient http = HttpClient.newHttpClient()) {
      SpendingPolicy policy =
          wallet
              .signers(() -> new DidMethods(keys).resolver(List.of()))
              .map(spending::signedBy)
              .orElse(spending);
      PayingHttpClient client =
          PayingHttpClient.wrap(http, signer, policy, InstantSource.system(), journal);
      return told(
          reader.map(client::permitting).orElse(client).send(request, BodyHandlers.ofString()));
    } catch (PaymentJournalException refused) {
      throw new StartupException(
          refused.code(), String.valueOf(refused.getMessage()), refused.remedy(), refused);
    } catch (IOException unreachable) {
      throw Addresses.unreachable(address, unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private Map<String, Object> told(Exchange<String> exchange) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", false);
    figures.put("status", exchange.response().statusCode());
    switch (exchange) {
      case Exchange.Free<String> free -> free(figures, free);
      case Exchange.Paid<String> paid -> {
        figures.put("ok", true);
        figures.put("paid", true);
        payment(figures, paid.payment());
        figures.put("transaction", paid.settlement().transaction());
        console.warn("paid " + price(paid.payment()));
        console.warn("transaction " + paid.settlement().transaction());
        receipt(figures, paid.settlement());
        standing(figures, paid.receipt());
      }
      case Exchange.Declined<String> declined -> {
        figures.put("paid", false);
        figures.put("code", declined.code());
        figures.put("error", declined.detail());
        console.warn("not paid: " + declined.detail() + " [" + declined.code() + "]");
      }
      case Exchange.NotTaken<String> refused -> notTaken(figures, refused);
    }
    figures.put("body", exchange.response().body());
    console.say(exchange.response().body());
    return figures;
  }

  /** What the seller signed, for whoever is to believe that this was paid. */
  private void receipt(Map<String, Object> figures, SettleResponse settlement) {
    JsonNode extensions = settlement.rest().path("extensions");
    JsonNode receipt = extensions.at("/offer-receipt/info/receipt/signature");
    if (receipt.isString()) {
      figures.put("receipt", receipt.stringValue());
      console.warn("receipt " + receipt.stringValue());
    }
    JsonNode credential = extensions.at("/receipt-credential/info/credential");
    if (credential.isObject()) {
      figures.put("receiptCredential", credential);
    }
  }

  /** A forged one is said aloud: whoever is shown it must not believe it. */
  private void standing(Map<String, Object> figures, ReceiptStanding standing) {
    figures.put("receiptStanding", standing.text());
    if (standing == ReceiptStanding.FORGED) {
      console.warn("the receipt is not the seller's, or not of this payment: it proves nothing");
    }
  }

  private void free(Map<String, Object> figures, Exchange.Free<String> free) {
    figures.put("ok", free.response().statusCode() / 100 == 2);
    figures.put("paid", false);
    free.response()
        .headers()
        .firstValue("Location")
        .ifPresent(
            where -> {
              figures.put("location", where);
              console.warn(
                  "it sends you to " + where + ". Pay there by naming it, if you trust it");
            });
  }

  private void notTaken(Map<String, Object> figures, Exchange.NotTaken<String> refused) {
    String reason =
        refused.settlement().flatMap(SettleResponse::errorReason).orElse("payment_not_taken");
    figures.put("paid", false);
    payment(figures, refused.payment());
    figures.put("code", "payment_not_taken");
    figures.put("reason", reason);
    figures.put("error", "the seller did not serve for the payment of " + price(refused.payment()));
    figures.put("fix", "Run the same command again: it shows the same payment, and signs no other");
    console.warn(
        "the seller did not serve for the payment of "
            + price(refused.payment())
            + " ("
            + reason
            + "). Run the same command again: it shows the same payment, and signs no other."
            + " [payment_not_taken]");
  }

  private void payment(Map<String, Object> figures, SignedPayment payment) {
    figures.put("amountAtomicUnits", payment.payload().accepted().amount().toString());
    figures.put("asset", payment.payload().accepted().asset());
    figures.put("network", payment.payload().accepted().network());
    figures.put("payTo", payment.payload().accepted().payTo());
  }

  private String price(SignedPayment payment) {
    PaymentRequirements terms = payment.payload().accepted();
    return "%s%s atomic units of %s on %s to %s"
        .formatted(
            KnownTokens.worth(terms).map(worth -> worth + ", ").orElse(""),
            terms.amount(),
            terms.asset(),
            terms.network(),
            terms.payTo());
  }
}
