package org.earnest.reputation.store;

import org.earnest.core.chain.EvmAddress;
import org.jdbi.v3.core.statement.Query;

/**
 * What a validator has to have answered for an agent (ERC-8004, validation registry).
 *
 * @param tag of the answer, at most {@link #MAX_TAG} characters
 * @param minResponse 0 to 100; what was answered last to a request counts
 */
public record CredentialCriteria(EvmAddress validator, String tag, int minResponse) {
  /** Answers under longer tags are found by nobody. */
  public static final int MAX_TAG = 256;

  /** What a validator answers that has but yes and no. */
  public static final int PASSED = 100;

  private static final String ANSWERS =
      "reputation.validation_response v where v.chain = :chain and v.validator = :validator"
          + " and v.tag = :credential and "
          + hasShortTag("v.tag");

  public CredentialCriteria {
    if (tag.length() > MAX_TAG || minResponse < 0 || minResponse > PASSED) {
      throw new IllegalArgumentException(
          "a tag of at most %d characters and 0 to %d expected".formatted(MAX_TAG, PASSED));
    }
  }

  /**
   * In SQL, whether a tag is one that is found: in these words {@link LateIndexes} has them.
   *
   * @param tag a column
   */
  static String hasShortTag(String tag) {
    return "char_length(" + tag + ") <= " + MAX_TAG;
  }

  /** Agents for whom it was answered so once, in the order of their numbers. */
  static String agents() {
    return "(select distinct v.agent_id from " + ANSWERS + " and v.response >= :min_response)";
  }

  /** That it was answered so last for an agent {@code a}. */
  static String held() {
    return "exists (select from "
        + ANSWERS
        + " and v.agent_id = a.agent_id and v.response >= :min_response and not exists ("
        + "select from reputation.validation_response later where later.chain = v.chain"
        + " and later.request_hash = v.request_hash"
        + " and (later.block_number, later.log_index) > (v.block_number, v.log_index)))";
  }

  void bind(Query query) {
    query
        .bind("validator", validator.hex())
        .bind("credential", tag)
        .bind("min_response", minResponse);
  }
}
