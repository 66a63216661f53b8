package org.earnest.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.cli.house.ProjectFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sum that the continuous integration prints last. */
class TotalsTest {
  @TempDir Path folder;

  private record Run(int exit, String line) {}

  @BeforeEach
  void aReport() throws IOException {
    report(
        "core/target/surefire-reports/TEST-a.xml",
        "<testsuite name=\"a\" time=\"1.0\" tests=\"10\" errors=\"0\" skipped=\"2\" failures=\"0\">");
  }

  @Test
  void sumsSurefireFailsafeAndTheContracts() throws Exception {
    report(
        "cli/target/failsafe-reports/TEST-b.xml",
        "<testsuite\n  tests=\"3\" errors=\"0\"\n skipped=\"1\" failures=\"0\">");
    report(
        "contracts/target/forge-reports/TEST-c.xml",
        "<testsuites tests=\"99\"><testsuite name=\"x\" tests=\"5\" disabled=\"0\" errors=\"0\""
            + " failures=\"0\"></testsuite><testsuite name=\"y\" tests=\"4\" failures=\"0\"/>");
    assertThat(totals()).isEqualTo(new Run(0, "19 passed, 0 failed, 3 skipped"));
  }

  @Test
  void anErrorIsAFailureAndTheExitCodeSaysSo() throws Exception {
    report(
        "b/target/surefire-reports/TEST-b.xml",
        "<testsuite tests=\"4\" errors=\"1\" skipped=\"0\" failures=\"2\">");
    assertThat(totals()).isEqualTo(new Run(1, "9 passed, 3 failed, 2 skipped"));
  }

  @Test
  void otherFilesAndPackagesOfNpmDoNotCount() throws Exception {
    String suite = "<testsuite tests=\"4\" errors=\"4\">";
    report("node_modules/x/surefire-reports/TEST-x.xml", suite);
    report("core/target/surefire-reports/summary.xml", suite);
    assertThat(totals().line()).isEqualTo("8 passed, 0 failed, 2 skipped");
  }

  @Test
  void noTestAtAllIsAFailure() throws Exception {
    Files.delete(folder.resolve("core/target/surefire-reports/TEST-a.xml"));
    assertThat(totals()).isEqualTo(new Run(1, "0 passed, 0 failed, 0 skipped"));
  }

  private void report(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "</testsuite>");
  }

  private Run totals() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(ProjectFolder.path().resolve(".ci/totals").toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), line.strip());
  }
}
