package org.earnest.cli.demo;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.host.HostIssuer;
import org.earnest.cli.host.HostKey;
import org.earnest.cli.host.HostPlan;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.cli.report.RunReport;
import org.earnest.core.submission.Finality;
import org.earnest.devnet.AnvilBinary;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;

/** The whole house for one test. */
public final class DemoHosts {
  private DemoHosts() {}

  /** On this chain, with state below this folder. */
  public static EarnestHost start(
      Lifecycle run, Path folder, Lifecycle.Starter<DevChain, RuntimeException> chain) {
    return start(run, folder, chain, Map.of());
  }

  /** The same with keys of somebody's own. */
  public static EarnestHost start(
      Lifecycle run,
      Path folder,
      Lifecycle.Starter<DevChain, RuntimeException> chain,
      Map<Role, List<HostKey>> keys) {
    return start(run, folder, chain, keys, false);
  }

  /** The same, where payments of a moment share a transaction if that is wanted. */
  public static EarnestHost start(
      Lifecycle run,
      Path folder,
      Lifecycle.Starter<DevChain, RuntimeException> chain,
      Map<Role, List<HostKey>> keys,
      boolean batching) {
    StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("state")));
    return EarnestHost.start(
        run,
        new HostPlan(
            state,
            ProjectFolder.path().resolve(".earnest/postgresql"),
            0,
            Set.of(),
            Optional.empty(),
            chain,
            keys,
            HostIssuer.of(state),
            new Finality.Depth(12),
            batching,
            line -> {}));
  }

  /** An anvil that keeps nothing. */
  public static DevChain anvil(Path directory) {
    Path binary = AnvilBinary.find(ProjectFolder.path().resolve("contracts"), System.getenv());
    return AnvilChain.start(AnvilSettings.ephemeral(binary, directory));
  }

  /** A report that prints nothing. */
  public static RunReport silentReport() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new RunReport(new Console(nowhere, nowhere, false));
  }
}
