package org.earnest.cli.command;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.cli.client.Answer;
import org.earnest.cli.client.HouseClient;
import org.earnest.cli.client.HouseStream;
import org.earnest.cli.client.Told;
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
   * What it tells from now on, or from an event on.
   *
   * @throws StartupException {@code url_invalid}
   */
  HouseStream stream(String path, Optional<String> after) {
    return new HouseStream(Addresses.parse(url), path, after);
  }

  /** A stream that was refused, as what it is to whoever asked. */
  StartupException refusal(Told.Refused refused, String listing) {
    return refusal(Addresses.parse(url), listing, refused.status(), refused.body());
  }

  /** The same, where nobody is there. */
  StartupException unreachable() {
    return unreachable(Addresses.parse(url), Optional.empty());
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
      throw unreachable(address, Optional.of(away));
    }
  }

  private static StartupException unreachable(URI address, Optional<UncheckedIOException> cause) {
    return new StartupException(
        "house_unreachable",
        "no house answers at " + address,
        "Start one with ./earnest dev or ./earnest indexer, or name its address with --url",
        cause.orElse(null));
  }

  private static JsonNode said(URI address, String listing, Answer answer) {
    if (answer.status() / CENTURY == SUCCESS && answer.body().isObject()) {
      return answer.body();
    }
    throw refusal(address, listing, answer.status(), answer.body());
  }

  private static StartupException refusal(
      URI address, String listing, int status, JsonNode problem) {
    String code = problem.path("code").asString("");
    return code.isEmpty()
        ? new StartupException(
            "not_a_house",
            "what answers at " + address + " with " + status + " is no house",
            "Name the house's address with --url")
        : new StartupException(
            code, problem.path("detail").asString(""), remedy(listing, code, problem));
  }

  private static String remedy(String listing, String code, JsonNode problem) {
    return switch (code) {
      case "operator_token_required" -> "Name the state directory of that very house with --state";
      case "invalid_request", "invalid_cursor" -> listing + " --help names the options";
      case "chain_needed", "chain_not_followed" -> "Name one of these with --chain";
      default ->
          problem.path("retryable").asBoolean(false)
              ? "Run the same command again in a moment"
              : listing + " shows what there is";
    };
  }
}
