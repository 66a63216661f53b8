package org.earnest.bench.indexer;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.process.ChildCommand;

/** Who indexes a registry's feedback, in a process of its own and a database of its own. */
interface Contender {
  String name();

  ChildCommand command(Errand errand);

  /**
   * What it writes once it has read what it takes for history; of who writes nothing then, the
   * table is looked at.
   */
  Optional<Pattern> ready();

  /** Whether its first start of all keeps something that every later one is faster by. */
  default boolean keepsItsStart() {
    return false;
  }

  /** Where the entries are: a table with a row for each and a column {@code value}. */
  String table();

  /**
   * Statements after which it indexes anew from the logs that it has kept of the chain; none where
   * it keeps no logs.
   */
  List<String> forget();

  /**
   * What it is to do.
   *
   * @param databaseUrl with user and password
   * @param head the chain's newest block
   * @param output a file for what it writes
   * @param logs a folder for the chain's logs, where it keeps them outside of the database
   */
  record Errand(
      URI node, String databaseUrl, EvmAddress registry, long head, Path output, Path logs) {
    /** Not the password. */
    @Override
    public String toString() {
      return "Errand[node=" + node + ", registry=" + registry + ", head=" + head + "]";
    }
  }
}
