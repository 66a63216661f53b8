package org.earnest.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.cli.Main;
import org.earnest.cli.house.ProjectFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The five commands of the README, as they stand there, from nothing to a revoked credential. */
class CredentialReadmeIT {
  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- CredentialReadmeIT runs these\\. -->\\s+```sh\\n(.*?)```", Pattern.DOTALL);
  private static final long PATIENCE_MINUTES = 5;

  @TempDir Path folder;

  private record Run(int exit, String text) {}

  private static List<String> commands() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(ProjectFolder.path().resolve("README.md")));
    assertThat(block.find()).as("the README has the block").isTrue();
    return block.group(1).lines().toList();
  }

  private Run run(String command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    assertThat(words.removeFirst()).isEqualTo("./earnest");
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    java.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    java.addAll(words);
    Path told = Files.createTempFile(folder, "told", ".txt");
    Process process =
        new ProcessBuilder(java)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), Files.readString(told));
  }

  @Test
  void theFiveCommandsMakeACredentialAndTakeItBack() throws Exception {
    List<Run> runs = new ArrayList<>();
    for (String command : commands()) {
      runs.add(run(command));
    }

    assertThat(runs).hasSize(5);
    assertThat(runs.subList(0, 4))
        .allSatisfy(run -> assertThat(run.exit()).as(run.text()).isZero());
    assertThat(runs.get(1).text())
        .contains("AgentCapabilityCredential", "Nothing of it was verified");
    assertThat(runs.get(2).text()).contains("Verified.", "not revoked");
    assertThat(runs.get(4).exit()).isEqualTo(1);
    assertThat(runs.get(4).text()).contains("NOT verified", "[revoked]");
  }
}
