package org.earnest.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run as root where no user namespace can be made, as in a container's default. */
class RootShieldIT {
  private static final String ROOT_WITHOUT_NAMESPACES =
      "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"";

  @TempDir Path folder;

  @Test
  void namesTheWayOut() throws Exception {
    Assumptions.assumeTrue(
        run(List.of("true")) == 0, "no user namespace can be made here to run this in");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    int status =
        run(
            List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Start.class.getName(),
                folder.resolve("state").toString()));
    assertThat(Files.readString(folder.resolve("output")))
        .contains("database_as_root", "--database-url");
    assertThat(status).isEqualTo(Start.REFUSED);
  }

  private int run(List<String> command) throws Exception {
    List<String> shielded =
        new java.util.ArrayList<>(
            List.of(
                "unshare", "--user", "--map-root-user", "sh", "-c", ROOT_WITHOUT_NAMESPACES, "sh"));
    shielded.addAll(command);
    return new ProcessBuilder(shielded)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start()
        .waitFor();
  }

  /** The run that is refused. */
  static final class Start {
    static final int REFUSED = 3;

    private Start() {}

    public static void main(String[] args) throws Exception {
      try (StateDirectory state = StateDirectory.open(Path.of(args[0]));
          EmbeddedPostgres postgres = EmbeddedPostgres.start(state)) {
        System.out.println("started " + postgres.settings());
      } catch (StartupException refused) {
        System.out.println(refused.code() + ": " + refused.remedy());
        System.exit(REFUSED);
      }
    }
  }
}
