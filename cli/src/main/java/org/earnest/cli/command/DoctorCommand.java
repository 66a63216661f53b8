package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.doctor.ChainCheck;
import org.earnest.cli.doctor.Check;
import org.earnest.cli.doctor.DatabaseCheck;
import org.earnest.cli.doctor.DiskCheck;
import org.earnest.cli.doctor.Finding;
import org.earnest.cli.doctor.JdkCheck;
import org.earnest.cli.doctor.NodeCheck;
import org.earnest.cli.doctor.PortCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "doctor",
    description = {
      "Check what Earnest needs of this machine, and say what to do about each failure.",
      "",
      "Looks at the JDK, Node, the port and the disk, and tries a chain and a database",
      "that are gone afterwards, or those that you name."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand extends Verb {
  @Mixin HostOptions host = HostOptions.ofHouse();

  @Mixin RpcUrlOption rpc = new RpcUrlOption();

  @Override
  Map<String, ?> perform(Console console) {
    List<Finding> findings =
        checks().stream().map(Check::run).peek(finding -> console.say(finding.lines())).toList();
    boolean ok = findings.stream().noneMatch(f -> f.verdict() == Finding.Verdict.FAIL);
    console.say(ok ? "All is well." : "Mend what is marked 'fail', then run this again.");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", ok);
    figures.put("checks", findings.stream().map(Finding::figures).toList());
    return figures;
  }

  private List<Check> checks() {
    Path state = host.state();
    return List.of(
        JdkCheck.ofThisProcess(),
        NodeCheck.onPath(),
        new PortCheck(host.port()),
        DiskCheck.of(state),
        new ChainCheck(rpc::urls, EarnestHome.temporary(), EarnestHome::anvil),
        new DatabaseCheck(
            host.databaseUrl(), EarnestHome.temporary(), EarnestHome.postgresBinaries()));
  }
}
