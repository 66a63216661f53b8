package org.earnest.reputation.graph;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.core.chain.Caip2ChainId;

/** Ids of entities on one chain: {@code chainId:agentId[:client:index]}. */
record Ids(Caip2ChainId chain) {
  private static final Pattern AGENT = Pattern.compile("([0-9]{1,32}):([0-9]{1,78})");
  private static final Pattern FEEDBACK =
      Pattern.compile("([0-9]{1,32}):([0-9]{1,78}):(0x[0-9a-fA-F]{40}):([0-9]{1,18})");

  private static final Pattern HASH = Pattern.compile("0x[0-9a-fA-F]{64}");

  /** A feedback's key. */
  record FeedbackKey(BigInteger agentId, String client, long index) {}

  String agent(BigInteger agentId) {
    return chain.reference() + ":" + agentId;
  }

  String feedback(FeedbackKey key) {
    return agent(key.agentId()) + ":" + key.client() + ":" + key.index();
  }

  /** Empty for what is none on this chain. */
  Optional<BigInteger> agent(String id) {
    Matcher matcher = AGENT.matcher(id);
    return matcher.matches() && isHere(matcher)
        ? Optional.of(new BigInteger(matcher.group(2)))
        : Optional.empty();
  }

  /** Empty for what is none on this chain. */
  Optional<FeedbackKey> feedback(String id) {
    Matcher matcher = FEEDBACK.matcher(id);
    return matcher.matches() && isHere(matcher)
        ? Optional.of(
            new FeedbackKey(
                new BigInteger(matcher.group(2)),
                matcher.group(3).toLowerCase(Locale.ROOT),
                Long.parseLong(matcher.group(4))))
        : Optional.empty();
  }

  /** Empty for what is none. */
  static Optional<String> hash(String id) {
    return HASH.matcher(id).matches() ? Optional.of(id.toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  private boolean isHere(Matcher id) {
    return id.group(1).equals(chain.reference());
  }
}
