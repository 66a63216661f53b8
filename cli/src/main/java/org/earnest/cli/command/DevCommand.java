package org.earnest.cli.command;

import java.net.URI;
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
import org.earnest.cli.host.Welcome;
import org.earnest.cli.state.Fresh;
import org.earnest.core.submission.Finality;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.RpcUrlChain;
import org.earnest.kit.http.Origin;
import org.earnest.kit.log.Logging;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "dev",
    description = {
      "Keep the whole house running on one port: a chain, a database and every service.",
      "",
      "Prints its URL, seeded accounts, the contracts and curl lines, and runs until",
      "Ctrl-C. Everything listens on 127.0.0.1 alone, and the keys are published test",
      "keys. The state stays in its folder and is found again by the next start."
    },
    mixinStandardHelpOptions = true)
final class DevCommand extends HostVerb {
  @Mixin RpcUrlOption rpc = new RpcUrlOption();

  @Mixin KeyOptions own = new KeyOptions();

  @Option(
      names = "--finality",
      paramLabel = "WHEN",
      defaultValue = "12",
      description =
          "When a block counts as final: so many blocks on top of it, or the node's own safe or"
              + " finalized. Default: ${DEFAULT-VALUE}.")
  private String finality = "12";

  @Option(
      names = "--batch",
      description =
          "Settle payments that come within a tenth of a second in one transaction, which is"
              + " cheaper.")
  private boolean batching;

  DevCommand() {
    super(HostOptions.ofHouse());
  }

  @Override
  Greeting start(Console console) {
    Welcome welcome = new Welcome(EarnestHost.start(lifecycle, plan(console)));
    return new Greeting(welcome.lines(), welcome.figures());
  }

  @Override
  boolean afterwards() {
    try {
      lifecycle.awaitClosed();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private HostPlan plan(Console console) {
    Set<Origin> allowed = origins.origins();
    Map<Role, List<HostKey>> keys = own.keys();
    Optional<HostIssuer> issuer = own.issuer();
    Finality finality = finality();
    StateDirectory state = open(log -> Logging.start(Level.INFO, log));
    return new HostPlan(
        state,
        EarnestHome.postgresBinaries(),
        options.port(),
        allowed,
        options.databaseUrl(),
        () -> chain(state),
        keys,
        issuer.orElseGet(() -> HostIssuer.of(state)),
        finality,
        batching,
        console::warn);
  }

  private Finality finality() {
    try {
      return Finality.parse(finality);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "finality_invalid",
          "--finality: " + malformed.getMessage(),
          "Write a number of blocks such as 12, or safe, or finalized");
    }
  }

  private DevChain chain(StateDirectory state) {
    List<URI> urls = rpc.urls();
    return urls.isEmpty()
        ? anvil(state.resolve(Fresh.CHAIN_FOLDER))
        : RpcUrlChain.connectDevelopment(urls);
  }

  private static DevChain anvil(Path folder) {
    return AnvilChain.start(AnvilSettings.persistent(EarnestHome.anvil(), folder));
  }
}
