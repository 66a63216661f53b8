package org.earnest.cli.command;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import org.earnest.cli.client.Answer;
import org.earnest.cli.client.HouseClient;
import org.earnest.cli.x402.Addresses;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.submission.OperatorToken;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Where a house runs, and what it answers. */
final class HouseAddress {
  private static final String TRANSACTIONS = "./earnest tx list";
  private static final int SUCCESS = 2;
  private static final int CENTURY = 100;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:" + HostOptions.DEFAULT_PORT,
      description = "Where the house answers. Default: ${DEFAULT-VALUE}.")
  private String url;

  /**
   * What it answers to a question.
   *
   * @throws StartupException with the code of the house's problem, or {@code house_unreachable}
   */
  JsonNode get(String path) {
    return get(path, TRANSACTIONS);
  }

  /**
   * The same for another kind of thing.
   *
   * @param listing the command that shows what there is
   * @throws StartupException likewise
   */
  JsonNode get(String path, String listing) {
    return ask(Addresses.parse(url), listing, house -> house.get(path));
  }

  /**
   * What it answers to its operator.
   *
   * @throws StartupException as well {@code url_not_private}
   */
  JsonNode post(String path, OperatorToken token) {
    URI address = Addresses.parse(url);
    if (!isPrivate(address)) {
      throw new StartupException(
          "url_not_private",
          "the operator's token is sent to this machine or over https alone",
          "Write https://, or run this beside the house");
    }
    Map<String, String> headers = Map.of("Authorization", token.authorization());
    return ask(address, TRANSACTIONS, house -> house.post(path, Map.of(), headers));
  }

  private static boolean isPrivate(URI address) {
    String host = address.getHost();
    return "https".equalsIgnoreCase(address.getScheme())
        || host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static JsonNode ask(URI address, String listing, Function<HouseClient, Answer> question) {
    try (HouseClient house = new HouseClient(address)) {
      return said(address, listing, question.apply(house));
    } catch (UncheckedIOException away) {
      throw new StartupException(
          "house_unreachable",
          "no house answers at " + address,
          "Start one with ./earnest dev or ./earnest indexer, or name its address with --url",
          away);
    }
  }

  private static JsonNode said(URI address, String listing, Answer answer) {
    if (answer.status() / CENTURY == SUCCESS && answer.body().isObject()) {
      return answer.body();
    }
    if (answer.code().isEmpty()) {
      throw new StartupException(
          "not_a_house",
          "what answers at " + address + " with " + answer.status() + " is no house",
          "Name the house's address with --url");
    }
    throw new StartupException(
        answer.code(), answer.body().path("detail").asString(""), remedy(listing, answer));
  }

  private static String remedy(String listing, Answer answer) {
    if (answer.code().equals("operator_token_required")) {
      return "Name the state directory of that very house with --state";
    }
    if (answer.code().equals("invalid_request") || answer.code().equals("invalid_cursor")) {
      return listing + " --help names the options";
    }
    return answer.body().path("retryable").asBoolean(false)
        ? "Run the same command again in a moment"
        : listing + " shows what there is";
  }
}
