package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
final class VersionCommand extends Verb {
  @Override
  Map<String, ?> perform(Console console) {
    console.say("earnest " + Version.text() + " on JDK " + Runtime.version());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("version", Version.text());
    figures.put("jdk", Runtime.version().toString());
    return figures;
  }
}
