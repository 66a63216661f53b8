package org.earnest.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.cli.demo.DemoHosts;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WelcomeIT {
  private static final Pattern CURL = Pattern.compile("  curl (?:-i )?'?(http://[^']+)'?");

  @TempDir Path folder;

  @Test
  void theLinesToCopyWork() throws Exception {
    try (Lifecycle run = new Lifecycle();
        HttpClient http = HttpClient.newHttpClient()) {
      EarnestHost host =
          DemoHosts.start(run, folder, () -> DemoHosts.anvil(folder.resolve("chain")));
      List<URI> addresses =
          new Welcome(host)
              .lines().stream()
                  .map(CURL::matcher)
                  .filter(Matcher::matches)
                  .map(line -> URI.create(line.group(1)))
                  .toList();

      assertThat(addresses).hasSize(3);
      HttpResponse<String> who = get(http, addresses.get(0));
      assertThat(who.statusCode()).isEqualTo(200);
      assertThat(who.body()).contains("\"didDocument\"");
      HttpResponse<String> quote = get(http, addresses.get(1));
      assertThat(quote.statusCode()).isEqualTo(402);
      assertThat(quote.headers().firstValue("PAYMENT-REQUIRED")).isPresent();
      HttpResponse<String> deals = get(http, addresses.get(2));
      assertThat(deals.statusCode()).isEqualTo(200);
      assertThat(deals.body()).contains("\"deals\":[]");
    }
  }

  private static HttpResponse<String> get(HttpClient http, URI address) throws Exception {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
