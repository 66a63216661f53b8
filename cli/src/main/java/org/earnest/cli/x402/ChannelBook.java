package org.earnest.cli.x402;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.JournaledTransaction;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.client.ChannelRefunds;
import org.earnest.payments.client.ChannelWithdrawals;
import org.earnest.payments.client.ChannelWithdrawals.Standing;
import org.earnest.payments.client.PaymentJournal;
import org.earnest.payments.client.PaymentJournalException;
import org.earnest.payments.client.Purse;

/** A buyer's channels, by its journal and where a node is named by the chain. */
public final class ChannelBook {
  private final Path file;
  private final Console console;

  public ChannelBook(Path file, Console console) {
    this.file = file;
    this.console = console;
  }

  private PaymentJournal journal() {
    try {
      return PaymentJournal.open(file);
    } catch (PaymentJournalException refused) {
      throw new StartupException(
          refused.code(), String.valueOf(refused.getMessage()), refused.remedy(), refused);
    }
  }

  /** All of them. What the chain says is remembered. */
  public Map<String, Object> list(Optional<ChainReader> chain) {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (PaymentJournal journal = journal()) {
      for (Purse purse : journal.purses()) {
        Optional<Standing> standing =
            chain
                .filter(reader -> reader.chainId().equals(purse.chain()))
                .map(reader -> new ChannelWithdrawals(reader).standing(purse));
        standing.ifPresent(seen -> journal.holds(purse, seen.balance()));
        rows.add(row(purse, standing));
      }
    }
    rows.forEach(row -> console.say(line(row)));
    if (rows.isEmpty()) {
      console.say("There are no channels in " + file);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("channels", rows);
    return figures;
  }

  private static Map<String, Object> row(Purse purse, Optional<Standing> standing) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("channel", purse.id().hex());
    row.put("seller", purse.origin());
    row.put("asset", purse.asset().toString());
    row.put("signedAtomicUnits", purse.cursor().toString());
    row.put("unusedAtomicUnits", purse.locked().toString());
    standing.ifPresent(seen -> row.putAll(told(seen)));
    return row;
  }

  private static Map<String, Object> told(Standing standing) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put(
        "state",
        switch (standing) {
          case Standing.Empty empty -> "empty";
          case Standing.Open open -> "open";
          case Standing.Waiting waiting -> "waiting";
          case Standing.Ready ready -> "ready";
        });
    told.put("unclaimedAtomicUnits", standing.left().toString());
    if (standing instanceof Standing.Waiting waiting) {
      told.put("withdrawableFrom", waiting.from().toString());
    }
    return told;
  }

  private static String line(Map<String, Object> row) {
    String state =
        row.containsKey("state")
            ? ", on chain %s with %s unclaimed%s"
                .formatted(
                    row.get("state"),
                    row.get("unclaimedAtomicUnits"),
                    row.containsKey("withdrawableFrom")
                        ? " until " + row.get("withdrawableFrom")
                        : "")
            : "";
    return "%s  %s  %s signed, %s unused of %s%s"
        .formatted(
            row.get("channel"),
            row.get("seller"),
            row.get("signedAtomicUnits"),
            row.get("unusedAtomicUnits"),
            row.get("asset"),
            state);
  }

  /**
   * Asks the seller for the rest.
   *
   * @param url something that it sells out of the channel
   */
  public Map<String, Object> refund(URI url, EvmSigner payer) {
    Map<String, Object> figures = new LinkedHashMap<>();
    try (PaymentJournal journal = journal();
        HttpClient http = HttpClient.newHttpClient()) {
      switch (new ChannelRefunds(http, payer, journal).ask(url)) {
        case ChannelRefunds.Outcome.Refunded refunded -> {
          figures.put("ok", true);
          figures.put("state", "refunded");
          figures.put("channel", refunded.left().id().hex());
          figures.put("transaction", refunded.transaction());
          console.say("The seller says that it gave the rest back by " + refunded.transaction());
        }
        case ChannelRefunds.Outcome.Pending pending ->
            throw new StartupException(
                "refund_pending", pending.detail(), "Run the same command again");
        case ChannelRefunds.Outcome.Refused refused ->
            throw new StartupException(
                "refund_refused",
                "the seller refuses: " + refused.code() + ", " + refused.detail(),
                "Take it back without the seller: name a node with --rpc-url, and the channel");
      }
      return figures;
    } catch (IOException unreachable) {
      throw Addresses.unreachable(url, unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /**
   * Goes one step towards the end of a channel, without its seller.
   *
   * @param prefix of the channel's id
   */
  public Map<String, Object> withdraw(
      String prefix, ChainReader chain, EvmSigner payer, JournaledTransaction transactions) {
    try (PaymentJournal journal = journal()) {
      Purse purse = find(journal, prefix);
      require(purse, chain, payer);
      ChannelWithdrawals withdrawals = new ChannelWithdrawals(chain);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("ok", true);
      figures.put("channel", purse.id().hex());
      withdrawals
          .next(purse, withdrawals.standing(purse))
          .ifPresent(step -> figures.put("transaction", sent(transactions, payer, step)));
      Standing after = withdrawals.standing(purse);
      journal.holds(purse, after.balance());
      figures.putAll(told(after));
      console.say(said(after));
      return figures;
    }
  }

  private static String said(Standing standing) {
    return switch (standing) {
      case Standing.Waiting waiting ->
          "%s atomic units can be fetched from %s on, less what the seller claims until then: run the same command again"
              .formatted(waiting.left(), waiting.from());
      case Standing.Ready ready ->
          "%s atomic units can be fetched: run the same command again".formatted(ready.left());
      case Standing.Open open -> "%s atomic units are in the channel".formatted(open.left());
      case Standing.Empty empty ->
          "The channel is empty: what was not claimed is the payer's again";
    };
  }

  private static Purse find(PaymentJournal journal, String prefix) {
    List<Purse> found =
        journal.purses().stream().filter(purse -> purse.id().hex().startsWith(prefix)).toList();
    if (found.size() != 1) {
      throw new StartupException(
          "channel_unknown",
          "%d channels of the journal begin with %s".formatted(found.size(), prefix),
          "./earnest x402 channels list shows them");
    }
    return found.getFirst();
  }

  private static void require(Purse purse, ChainReader chain, EvmSigner payer) {
    if (!chain.chainId().equals(purse.chain())) {
      throw new StartupException(
          "wrong_chain", "the channel is on " + purse.chain(), "Name a node of that chain");
    }
    if (!purse.channel().payer().equals(payer.address())) {
      throw new StartupException(
          "key_not_payers",
          "the channel was filled by " + purse.channel().payer(),
          "Name that account's key");
    }
  }

  private static String sent(
      JournaledTransaction transactions, EvmSigner payer, SubmissionRequest step) {
    return switch (transactions.send(payer, step)) {
      case SubmissionOutcome.Settled settled -> settled.receipt().transaction().hex();
      case SubmissionOutcome.Rejected rejected ->
          throw new StartupException(
              "withdrawal_refused",
              "the transaction was refused: " + rejected.code() + ", " + rejected.reason(),
              "The payer's account must hold some gas");
      case SubmissionOutcome.Pending pending -> throw JournaledTransaction.waiting();
      case SubmissionOutcome.Unknown unknown -> throw JournaledTransaction.waiting();
    };
  }
}
