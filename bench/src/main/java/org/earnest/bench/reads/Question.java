package org.earnest.bench.reads;

import java.util.List;
import java.util.function.Function;

/**
 * A route with the parameters that matter, and what is put into them.
 *
 * @param name for people
 * @param path of one request
 */
record Question(String name, Function<Keys, String> path) {
  /** Every route of the indexer but the stream; those with several ways of being asked in each. */
  static List<Question> all() {
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
            "/agents/1/feedback?client (the busiest)",
            keys -> "/agents/1/feedback?client=" + keys.client()),
        new Question("/search?minFeedback", keys -> "/search?minFeedback=" + keys.upTo(100)),
        new Question(
            "/search?minFeedback, few have it",
            keys -> "/search?minFeedback=" + 60 * keys.upTo(100)),
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
        new Question("/compare", keys -> "/compare?ids=" + keys.agents()),
        new Question("/agents/{id}/badge.svg", keys -> "/agents/" + keys.agent() + "/badge.svg"));
  }

  /** Not before the agent was there: in the second half of the chain, of one of the first half. */
  private static String atBlock(Keys keys) {
    long block = keys.lateBlock();
    return "/agents/%d/reputation?atBlock=%d".formatted((keys.agent() + 1) / 2, block);
  }
}
