package org.earnest.kit.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildFailedException;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;

/**
 * A PostgreSQL server of our own in the state directory. It writes through to the disk, listens on
 * the loopback address alone, on no Unix socket, and lets in one role by a random password.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final Duration START_PATIENCE = Duration.ofMinutes(1);
  static final int MAX_CONNECTIONS = 100;

  /** What a committed transaction rests on; read back from the server by {@link Database}. */
  static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private static final int PORT_ATTEMPTS = 3;
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern READY = Pattern.compile("database system is ready to accept");

  private final ChildProcess server;
  private final DatabaseSettings settings;

  private EmbeddedPostgres(ChildProcess server, DatabaseSettings settings) {
    this.server = server;
    this.settings = settings;
  }

  /**
   * Starts the state directory's server, making it first where there is none, and stopping one that
   * a killed run left. Use inside {@link org.earnest.kit.process.Lifecycle#start}.
   *
   * @throws StartupException with what to do about it; {@code disk_full}, {@code database_as_root},
   *     {@code database_platform}, {@code database_version}, {@code child_failed}
   */
  public static EmbeddedPostgres start(StateDirectory state) {
    try {
      return start(state, folder(state));
    } catch (IOException failure) {
      throw notUsable(failure);
    }
  }

  /** The same, with the programs unpacked into a folder that several states may share. */
  public static EmbeddedPostgres start(StateDirectory state, Path binariesFolder) {
    try {
      PostgresCluster cluster = new PostgresCluster(folder(state));
      StalePostgres.stop(cluster.data());
      RootShield shield = RootShield.check(cluster.home());
      PostgresBinaries binaries = PostgresBinaries.unpack(binariesFolder);
      cluster.initialise(binaries, shield);
      return serve(cluster, binaries, shield);
    } catch (IOException failure) {
      throw notUsable(failure);
    }
  }

  /** Stops a server that a killed run left in the directory, before it is cleared. */
  public static void stopStale(StateDirectory state) {
    try {
      StalePostgres.stop(new PostgresCluster(folder(state)).data());
    } catch (IOException failure) {
      throw notUsable(failure);
    }
  }

  /** How to connect to it. */
  public DatabaseSettings settings() {
    return settings;
  }

  /** Ends it by a fast shutdown: open transactions are rolled back, nothing committed is lost. */
  @Override
  public void close() {
    server.close();
  }

  private static EmbeddedPostgres serve(
      PostgresCluster cluster, PostgresBinaries binaries, RootShield shield) throws IOException {
    String password = cluster.password();
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      ChildProcess server = ChildProcess.start(command(cluster, binaries, shield, port));
      try {
        server.awaitOutput(READY, START_PATIENCE);
        return new EmbeddedPostgres(
            server,
            DatabaseSettings.of(LOOPBACK, port, "postgres", PostgresCluster.ROLE, password));
      } catch (ChildFailedException failed) {
        server.close();
        // Between finding a free port and binding it, somebody else may have taken it.
        if (attempt == PORT_ATTEMPTS || !server.hasWritten("could not create any TCP/IP sockets")) {
          throw PostgresFailures.of(server, "could not serve " + cluster.data());
        }
      }
    }
  }

  private static ChildCommand command(
      PostgresCluster cluster, PostgresBinaries binaries, RootShield shield, int port) {
    List<String> arguments = new ArrayList<>(List.of("-D", cluster.data().toString()));
    DURABLE.forEach((name, value) -> set(arguments, name, value));
    set(arguments, "listen_addresses", LOOPBACK);
    set(arguments, "port", Integer.toString(port));
    set(arguments, "unix_socket_directories", "");
    set(arguments, "hba_file", cluster.hbaFile().toString());
    set(arguments, "password_encryption", "scram-sha-256");
    set(arguments, "max_connections", Integer.toString(MAX_CONNECTIONS));
    set(arguments, "log_checkpoints", "off");
    set(arguments, "logging_collector", "off");
    return new ChildCommand(
            "postgres",
            shield.command(binaries.program("postgres"), arguments),
            cluster.serverLog())
        .with(Map.of("LC_ALL", "C", "TZ", "UTC"))
        .stoppedBy(ChildCommand.Signal.INT);
  }

  private static void set(List<String> arguments, String name, String value) {
    arguments.add("-c");
    arguments.add(name + "=" + value);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path folder(StateDirectory state) throws IOException {
    return state.folder("postgres");
  }

  private static StartupException notUsable(IOException failure) {
    boolean full = String.valueOf(failure.getMessage()).contains("No space left on device");
    return full
        ? new StartupException(
            DatabaseUnavailableException.DISK_FULL,
            "the disk of the state directory is full",
            "Free some space, or choose a state directory on another disk with --state.",
            failure)
        : new StartupException(
            "state_not_usable",
            "the embedded database's files cannot be used: " + failure,
            "Check the state directory's permissions, or choose another with --state.",
            failure);
  }
}
