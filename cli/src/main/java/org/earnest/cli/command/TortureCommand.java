package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.bench.torture.Torture;
import org.earnest.bench.torture.TortureReport;
import org.earnest.bench.torture.TortureSettings;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.Lifecycle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "torture",
    description = {
      "Kill the submission engine again and again, and see that nothing is lost or doubled.",
      "",
      "Runs the engine in a process of its own against a chain and a database that outlive",
      "it, kills it by SIGKILL at named points and at random instants, starts it again, and",
      "holds ledger and chain together at the end. Nothing of it stays."
    },
    subcommands = TortureIndexerCommand.class,
    mixinStandardHelpOptions = true)
final class TortureCommand extends Verb {
  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "How often to kill it; each takes two or three seconds. Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Mixin Seed seed = new Seed();

  @Override
  Map<String, ?> perform(Console console) {
    TortureSettings settings = settings();
    console.say(
        "%d kills, seed %d; a chain and a database start".formatted(kills, settings.seed()));
    try (Lifecycle lifecycle = new Lifecycle()) {
      TortureReport report =
          Torture.run(BenchStage.set(lifecycle, Torture.BLOCK_INTERVAL), settings, console::warn);
      new TortureTable(report).lines().forEach(console::say);
      return figures(report);
    }
  }

  private TortureSettings settings() {
    try {
      return new TortureSettings(kills, seed.value());
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), "--kills: " + refused.getMessage());
    }
  }

  private static Map<String, Object> figures(TortureReport report) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", report.ok());
    figures.put("seed", report.seed());
    figures.put("kills", report.kills());
    figures.put("killsByPoint", report.points());
    figures.put("killsAtInstants", report.instants());
    figures.put("lateKillsTriedAgain", report.late());
    figures.put("killsWhileReconciling", report.reconciling());
    figures.put("submissions", report.verdict().requests());
    figures.put("asks", report.asks());
    figures.put("lost", report.verdict().lost());
    figures.put("doubled", report.verdict().doubled());
    figures.put("stuck", report.stuck());
    figures.put("recoveries", report.recovery().count());
    figures.put("recoveriesOfSeveralLives", report.recoveredRepeatedly());
    figures.put("recoveryP50Ms", report.recovery().p50().toMillis());
    figures.put("recoveryP99Ms", report.recovery().p99().toMillis());
    figures.put("recoveryMaxMs", report.recovery().max().toMillis());
    figures.put("feeRises", report.feeRises());
    figures.put("sentAgain", report.sentAgain());
    figures.putAll(LedgerFigures.of(report.verdict()));
    figures.put("wallMs", report.wall().toMillis());
    return figures;
  }
}
