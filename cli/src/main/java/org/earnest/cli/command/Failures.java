package org.earnest.cli.command;

import java.util.Map;
import java.util.concurrent.CancellationException;
import org.earnest.cli.console.Console;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.earnest.kit.process.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a command says when it could not do its work. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static void tell(Console console, RuntimeException failure) {
    if (failure instanceof CancellationException || isShuttingDown()) {
      // Whatever fails while all is being closed under it was stopped, not broken.
      LOG.debug("stopped", failure);
      console.warn("stopped");
      console.result(Map.of("ok", false, "code", "stopped", "error", "stopped by a signal"));
      return;
    }
    switch (failure) {
      case StartupException refusal -> refuse(console, refusal);
      case ChainUnavailableException silent ->
          refuse(
              console,
              new StartupException(
                  "chain_unavailable",
                  "the chain fell silent: " + silent.getMessage(),
                  "Look at chain/anvil.log in the state directory, or at the node behind --rpc-url;"
                      + " then start again",
                  silent));
      case DatabaseUnavailableException silent ->
          refuse(
              console,
              new StartupException(
                  silent.code(),
                  silent.detail(),
                  "Look at postgres/server.log in the state directory, or at the server behind"
                      + " --database-url; then start again",
                  silent));
      default -> bug(console, failure);
    }
  }

  private static void refuse(Console console, StartupException refusal) {
    LOG.debug("refused", refusal);
    console.refuse(refusal);
  }

  private static void bug(Console console, RuntimeException bug) {
    LOG.error("unexpected", bug);
    console.warn("something unexpected went wrong: " + bug + ". The log above has the details");
    console.result(Map.of("ok", false, "code", "internal_error", "error", bug.toString()));
  }

  /** Hooks are taken until the shutdown begins. */
  private static boolean isShuttingDown() {
    Thread hook = new Thread(() -> {}, "none");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException underWay) {
      return true;
    }
  }
}
