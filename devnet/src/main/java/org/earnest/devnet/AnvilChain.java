package org.earnest.devnet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildFailedException;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.StartupException;

/**
 * Anvil as a child process on 127.0.0.1, which ends with this JVM however that ends. Start it
 * inside {@link org.earnest.kit.process.Lifecycle#start}.
 */
public final class AnvilChain extends RpcDevChain {
  private static final String NAME = "anvil";
  private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

  /** A busy machine may take its time; one that fails ends, and is not waited for. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private final ChildProcess child;
  private final Optional<AnvilState> state;
  private final Path states;

  private AnvilChain(URI url, ChildProcess child, Optional<AnvilState> state, Path states) {
    super(NAME, url);
    this.child = child;
    this.state = state;
    this.states = states;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @throws StartupException {@code port_in_use}, {@code chain_state_in_use}, {@code
   *     chain_state_unreadable}, {@code chain_directory}, or {@code child_failed} with the last
   *     line of its log; nothing is left running
   */
  public static AnvilChain start(AnvilSettings settings) {
    Directories.make(settings.directory());
    Optional<AnvilState> state =
        switch (settings.keeps()) {
          case NOTHING -> Optional.empty();
          case CHAIN -> Optional.of(AnvilState.open(settings.directory(), false));
          case NEW_CHAIN -> Optional.of(AnvilState.open(settings.directory(), true));
        };
    try {
      return start(settings, state);
    } catch (RuntimeException failure) {
      state.ifPresent(AnvilState::close);
      throw failure;
    }
  }

  /**
   * Deletes the chain that a directory keeps, once an anvil that a killed run left there has ended.
   *
   * @throws StartupException {@code chain_state_in_use}, {@code chain_directory}
   */
  public static void discard(Path directory) {
    if (Files.isDirectory(directory)) {
      AnvilState.open(directory, true).close();
    }
  }

  private static AnvilChain start(AnvilSettings settings, Optional<AnvilState> state) {
    Path log = settings.directory().resolve("anvil.log");
    Directories.delete(states(settings));
    ChildProcess child = ChildProcess.start(new ChildCommand(NAME, command(settings, state), log));
    try {
      String port = child.awaitOutput(LISTENING, START_PATIENCE).group(1);
      URI url = URI.create("http://127.0.0.1:" + port);
      AnvilChain chain = new AnvilChain(url, child, state, states(settings));
      chain.controls().keepClock(state.isPresent());
      state.ifPresent(AnvilState::keep);
      return chain;
    } catch (ChildFailedException failure) {
      child.close();
      throw explained(failure, settings, log);
    } catch (RuntimeException failure) {
      child.close();
      throw failure;
    }
  }

  private static List<String> command(AnvilSettings settings, Optional<AnvilState> state) {
    List<String> command = new ArrayList<>();
    command.add(settings.binary().toString());
    command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(settings.port())));
    command.addAll(List.of("--cache-path", states(settings).toString()));
    state.ifPresent(kept -> command.addAll(kept.options()));
    return command;
  }

  /**
   * What anvil keeps of old blocks for the time of its run, half a megabyte each; it would leave
   * them in the user's home.
   */
  private static Path states(AnvilSettings settings) {
    return settings.directory().resolve("states");
  }

  /** Anvil's own words are for those who typed its options. */
  private static StartupException explained(
      ChildFailedException failure, AnvilSettings settings, Path log) {
    String output = read(log);
    if (output.contains("Address already in use")) {
      return new StartupException(
          "port_in_use",
          "port %d on 127.0.0.1 is in use".formatted(settings.port()),
          "Choose another port for the chain, or 0 for any free one.",
          failure);
    }
    return output.contains("--load-state")
        ? AnvilState.unreadable(settings.directory(), failure)
        : failure;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Ends anvil, which writes its state once more, then gives the directory free. */
  @Override
  public void close() {
    child.close();
    Directories.delete(states);
    state.ifPresent(AnvilState::close);
  }
}
