package org.earnest.bench.reads;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A route with the parameters that matter, and what is put into them.
 *
 * @param name for people
 * @param path of one request
 * @param body what is sent, of a question that is not asked by its path alone
 */
record Question(String name, Function<Keys, String> path, Optional<Function<Keys, String>> body) {
  private Question(String name, Function<Keys, String> path) {
    this(name, path, Optional.empty());
  }

  static List<Question> all() {
    return Stream.of(routes(), files(), GraphqlQuestions.all()).flatMap(List::stream).toList();
  }

  /** Every route of the indexer but the stream; those with several ways of being asked in each. */
  private static List<Question> routes() {
    return List.of(
        new Question("/agents", keys -> "/agents"),
        new Question("/agents, 100 of the newest", keys -> "/agents?order=desc&limit=100"),
        new Question("/agents?owner", keys -> "/agents?owner=" + keys.owner()),
        new Question("/agents?wallet", keys -> "/agents?wallet=" + keys.wallet()),
        new Question("/agents?tag", keys -> "/agents?tag=" + keys.tag()),
        new Question("/agents?token", keys -> "/agents?token=" + keys.token()),
        new Question("/agents?sort=active", keys -> "/agents?sort=active"),
        new Question("/agents?sort=feedback", keys -> "/agents?sort=feedback"),
        new Question(
            "/agents?sort=feedback&tag", keys -> "/agents?sort=feedback&tag=" + keys.tag()),
        new Question(
            "/agents?sort=volume&token", keys -> "/agents?sort=volume&token=" + keys.token()),
        new Question(
            "/agents?sort=rating&token", keys -> "/agents?sort=rating&token=" + keys.token()),
        new Question("/agents/{id}", keys -> "/agents/" + keys.agent()),
        new Question(
            "/agents/{id}?token&tag",
            keys -> "/agents/%d?token=%s&tag=%s".formatted(keys.agent(), keys.token(), keys.tag())),
        new Question("/agents/{id}/reputation", keys -> "/agents/" + keys.agent() + "/reputation"),
        new Question(
            "/agents/{id}/reputation?tag",
            keys -> "/agents/%d/reputation?tag=%s".formatted(keys.agent(), keys.tag())),
        new Question(
            "/agents/{id}/reputation?explain=false",
            keys -> "/agents/" + keys.agent() + "/reputation?explain=false"),
        new Question("/agents/{id}/reputation?atBlock", Question::atBlock),
        new Question("/agents/1/reputation (the busiest)", keys -> "/agents/1/reputation"),
        new Question("/agents/{id}/deals", keys -> "/agents/" + keys.agent() + "/deals"),
        new Question(
            "/agents/{id}/deals?role", keys -> "/agents/" + keys.agent() + "/deals?role=client"),
        new Question("/agents/{id}/feedback", keys -> "/agents/" + keys.agent() + "/feedback"),
        new Question(
            "/agents/{id}/feedback?tag",
            keys -> "/agents/%d/feedback?tag=%s".formatted(keys.agent(), keys.tag())),
        new Question(
            "/agents/{id}/feedback?client",
            keys -> "/agents/%d/feedback?client=%s".formatted(keys.agent(), keys.client())),
        new Question(
            "/agents/{id}/feedback?revoked=true",
            keys -> "/agents/" + keys.agent() + "/feedback?revoked=true"),
        new Question(
            "/agents/{id}/feedback?order=desc",
            keys -> "/agents/" + keys.agent() + "/feedback?order=desc"),
        new Question(
            "/agents/{id}/feedback?sort=value",
            keys -> "/agents/" + keys.agent() + "/feedback?sort=value"),
        new Question(
            "/agents/1/feedback?sort=value&order=desc&maxValue (the busiest)",
            keys -> "/agents/1/feedback?sort=value&order=desc&maxValue=" + keys.upTo(100)),
        new Question(
            "/agents/1/feedback?minValue&maxValue (the busiest)",
            keys -> "/agents/1/feedback?minValue=%1$d&maxValue=%1$d".formatted(keys.upTo(100))),
        new Question(
            "/agents/1/feedback?from (the busiest)",
            keys -> "/agents/1/feedback?from=" + keys.upTo((int) TimedChain.TIME)),
        new Question(
            "/agents/{id}/deals?order=asc&from",
            keys ->
                "/agents/%d/deals?order=asc&from=%d"
                    .formatted(keys.agent(), keys.upTo((int) TimedChain.TIME))),
        new Question(
            "/agents/{id}/deals?sort=value&token",
            keys -> "/agents/%d/deals?sort=value&token=%s".formatted(keys.agent(), keys.token())),
        new Question(
            "/agents/1/reputation?atBlock (the busiest)",
            keys -> "/agents/1/reputation?atBlock=" + keys.lateBlock()),
        new Question(
            "/agents/1/feedback?revoked=true (the busiest)",
            keys -> "/agents/1/feedback?revoked=true"),
        new Question(
            "/agents/1/feedback?client (the busiest)",
            keys -> "/agents/1/feedback?client=" + keys.client()),
        new Question("/search?minFeedback", keys -> "/search?minFeedback=" + keys.upTo(100)),
        new Question(
            "/search?minFeedback, few have it",
            keys -> "/search?minFeedback=" + 60 * keys.upTo(100)),
        new Question(
            "/search?minFeedback&minAverage, few have both",
            keys ->
                "/search?minFeedback=%d&minAverage=%d"
                    .formatted(keys.upTo(20), 52 + keys.upTo(30))),
        new Question(
            "/search?tag&minSettled",
            keys -> "/search?tag=%s&minSettled=%d".formatted(keys.settledTag(), keys.upTo(6))),
        new Question("/search?minAverage", keys -> "/search?minAverage=" + keys.upTo(99)),
        new Question("/search?minSettled", keys -> "/search?minSettled=" + keys.upTo(5)),
        new Question(
            "/search?minSettled, few have it", keys -> "/search?minSettled=" + 6 * keys.upTo(100)),
        new Question(
            "/search?token&minVolume",
            keys -> "/search?token=%s&minVolume=%d".formatted(keys.token(), keys.upTo(1_000_000))),
        new Question(
            "/search?tag&minFeedback&sort=feedback",
            keys ->
                "/search?sort=feedback&tag=%s&minFeedback=%d".formatted(keys.tag(), keys.upTo(3))),
        new Question(
            "/search?token&minRating&sort=volume",
            keys ->
                "/search?sort=volume&token=%s&minRating=%d".formatted(keys.token(), keys.upTo(90))),
        new Question(
            "/search?credential",
            keys -> "/search?credential=%s:tag%d".formatted(keys.validator(), keys.upTo(4))),
        new Question(
            "/search?credential&minResponse",
            keys ->
                "/search?credential=%s:tag%d&minResponse=%d"
                    .formatted(keys.validator(), keys.upTo(4), keys.upTo(99))),
        new Question(
            "/agents/{id}/validations", keys -> "/agents/" + keys.agent() + "/validations"),
        new Question("/compare", keys -> "/compare?ids=" + keys.agents()),
        new Question("/agents/{id}/badge.svg", keys -> "/agents/" + keys.agent() + "/badge.svg"));
  }

  /** What is known of strangers' files, and who is found by it. */
  private static List<Question> files() {
    return List.of(
        new Question("/agents/{id}/card", keys -> "/agents/" + keys.agent() + "/card"),
        new Question("/agents/{id}/feedback/{client}/{index}/file", Keys::file),
        new Question("/search?text", keys -> "/search?text=" + keys.word()),
        new Question(
            "/search?text, two words",
            keys -> "/search?text=%s+%s".formatted(keys.word(), keys.word())),
        new Question("/search?capability", keys -> "/search?capability=" + keys.tool()),
        new Question(
            "/search?capability&minFeedback",
            keys -> "/search?capability=%s&minFeedback=%d".formatted(keys.tool(), keys.upTo(100))));
  }

  /** Not before the agent was there: in the second half of the chain, of one of the first half. */
  private static String atBlock(Keys keys) {
    long block = keys.lateBlock();
    return "/agents/%d/reputation?atBlock=%d".formatted((keys.agent() + 1) / 2, block);
  }
}
