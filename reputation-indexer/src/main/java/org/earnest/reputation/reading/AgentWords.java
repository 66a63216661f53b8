package org.earnest.reputation.reading;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.jdbi.v3.core.Handle;

/**
 * Writes the words that lead to agents, of those that are marked. An agent has those of the files
 * that it pointed to last, so that a reorganisation which has it point back finds them there; older
 * ones are taken away.
 */
final class AgentWords {
  /** Agents of one transaction. */
  static final int AGENTS = 8;

  /** URIs of an agent whose files' words it has, the one that holds among them. */
  static final int URIS = 8;

  /** Changes of an agent among which these are looked for. */
  private static final int CHANGES = 64;

  private static final String TAKE =
      "delete from reputation_file.agent_word_due where chain = :chain and agent_id in ("
          + "select agent_id from reputation_file.agent_word_due where chain = :chain"
          + " order by marked limit :limit for update skip locked) returning agent_id";

  private static final String TOLD =
      "with told as (select distinct a.agent_id, said.word"
          + " from reputation.agent a cross join lateral ("
          + "select a.uri union (select change.uri from ("
          + "select c.uri, c.block_number, c.log_index from reputation.agent_change c"
          + " where c.chain = a.chain and c.agent_id = a.agent_id"
          + " order by c.block_number desc, c.log_index desc limit :changes) change"
          + " where change.uri <> '' order by change.block_number desc, change.log_index desc"
          + " limit :uris)) pointed"
          + " join reputation_file.registration_file file on file.chain = a.chain"
          + " and file.uri_digest = sha256(convert_to(pointed.uri, 'UTF8'))"
          + " cross join lateral"
          + " unnest(reputation_file.words_of(file.words, file.capabilities,"
          + " file.document ->> 'name')) said (word)"
          + " where a.chain = :chain and a.agent_id = any(cast(:agents as numeric[]))"
          + " and exists (select from jsonb_array_elements_text(file.document -> 'registrations')"
          + " named (id) where starts_with(named.id, a.chain || ':')"
          + " and named.id like '%:' || a.agent_id))";

  private static final String SWEEP =
      TOLD
          + " delete from reputation_file.agent_word stale where stale.chain = :chain"
          + " and stale.agent_id = any(cast(:agents as numeric[])) and not exists ("
          + "select from told where told.agent_id = stale.agent_id and told.word = stale.word)";

  private static final String WRITE =
      TOLD
          + " insert into reputation_file.agent_word (chain, word, agent_id)"
          + " select :chain, word, agent_id from told order by agent_id, word"
          + " on conflict do nothing";

  private AgentWords() {}

  /** Takes the next marked ones, inside a transaction; returns whether more may wait. */
  static boolean next(Handle handle, Caip2ChainId chain) {
    List<BigInteger> agents =
        handle
            .createUpdate(TAKE)
            .bind("chain", chain.toString())
            .bind("limit", AGENTS)
            .executeAndReturnGeneratedKeys("agent_id")
            .mapTo(BigInteger.class)
            .list();
    if (agents.isEmpty()) {
      return false;
    }
    // Read after they were taken: whoever marks one from now on waits for the end of this.
    for (String statement : List.of(SWEEP, WRITE)) {
      handle
          .createUpdate(statement)
          .bind("chain", chain.toString())
          .bind("changes", CHANGES)
          .bind("uris", URIS)
          .bindArray("agents", String.class, agents.stream().map(BigInteger::toString).toList())
          .execute();
    }
    return agents.size() == AGENTS;
  }
}
