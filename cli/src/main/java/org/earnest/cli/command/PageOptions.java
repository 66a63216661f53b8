package org.earnest.cli.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** How much of a listing is wanted. */
final class PageOptions {
  /** What a page holds at most; more are asked for by --all. */
  private static final int LARGEST_PAGE = 100;

  /** An end for whoever asks for all of a listing that never ends. */
  private static final int MOST_PAGES = 1_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many, up to 100. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--all", description = "All there are, page after page, up to 100,000.")
  private boolean all;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where an earlier list ended.")
  private @Nullable String cursor;

  /**
   * Asks for pages, and hands each on.
   *
   * @param parameters of the listing, those that are wanted
   * @param ask from path and query to the page
   * @return the last page
   */
  JsonNode read(
      String path,
      Map<String, Optional<String>> parameters,
      Function<String, JsonNode> ask,
      Consumer<JsonNode> page) {
    Optional<String> from = Optional.ofNullable(cursor);
    for (int pages = 1; ; pages++) {
      JsonNode answer = ask.apply(path + "?" + query(parameters, from));
      page.accept(answer);
      from = Optional.ofNullable(answer.get("next")).map(JsonNode::asString);
      if (!all || from.isEmpty() || pages >= MOST_PAGES) {
        return answer;
      }
    }
  }

  private String query(Map<String, Optional<String>> parameters, Optional<String> from) {
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put("limit", Integer.toString(all ? LARGEST_PAGE : limit));
    parameters.forEach((name, value) -> value.ifPresent(given -> wanted.put(name, given)));
    from.ifPresent(given -> wanted.put("cursor", given));
    return wanted.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
