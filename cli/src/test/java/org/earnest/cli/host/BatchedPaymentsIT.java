package org.earnest.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.cli.demo.DemoHosts;
import org.earnest.cli.site.DemoSite;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.kit.process.Lifecycle;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.SpendingPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house whose operator wants payments of a moment to share a transaction. */
final class BatchedPaymentsIT {
  private static final int BUYERS = 8;

  /** On a busy machine all of them may miss each other's moment. */
  private static final int ROUNDS = 5;

  @Test
  void buyersWhoKnowNothingOfEachOtherShareTransactions(@TempDir Path folder) throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      EarnestHost host =
          DemoHosts.start(
              run, folder, () -> DemoHosts.anvil(folder.resolve("chain")), Map.of(), true);
      long fewest = BUYERS;
      for (int round = 0; round < ROUNDS && fewest == BUYERS; round++) {
        fewest = transactionsOfARound(host);
      }
      assertThat(fewest).isLessThan(BUYERS);
    }
  }

  private static long transactionsOfARound(EarnestHost host) throws Exception {
    long before = sent(host);
    List<Exchange.Paid<String>> paid = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Exchange<String>> one = () -> buy(host);
      for (Future<Exchange<String>> bought : threads.invokeAll(Collections.nCopies(BUYERS, one))) {
        paid.add((Exchange.Paid<String>) bought.get());
      }
    }
    assertThat(paid).allMatch(each -> each.response().statusCode() == 200);
    long transactions =
        paid.stream().map(each -> each.settlement().transaction()).distinct().count();
    assertThat(sent(host) - before).isEqualTo(transactions);
    return transactions;
  }

  private static Exchange<String> buy(EarnestHost host) throws Exception {
    URI quote = host.uri().resolve(DemoSite.QUOTE);
    SpendingPolicy policy = SpendingPolicy.upTo(host.quotePrice()).at(quote);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return PayingHttpClient.wrap(
              http, host.chain().account(Role.BUYER).signer(), policy, host.clock())
          .send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());
    }
  }

  private static long sent(EarnestHost host) {
    EvmAddress facilitator = host.chain().account(Role.FACILITATOR).address();
    return host.reader().transactionCount(facilitator, BlockTag.Named.LATEST).longValueExact();
  }
}
