package org.earnest.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"17, FAIL", "20, FAIL", "21, NOTE", "24, NOTE", "25, OK", "26, OK"})
  void judgesTheJdk(int feature, Finding.Verdict verdict) {
    assertThat(new JdkCheck(feature, "/jdk").run().verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"v20.0.0, OK", "v24.21.0, OK", "v19.9.0, FAIL", "v8.1.2, FAIL", "nonsense, FAIL"})
  void judgesNode(String version, Finding.Verdict verdict) throws IOException {
    String node = script("node", "echo " + version);
    String npm = script("npm", "echo 11.0.0");
    assertThat(new NodeCheck(node, npm).run().verdict()).isEqualTo(verdict);
  }

  @Test
  void nodeThatIsNotThereSaysWhereToGetIt() {
    Finding finding = new NodeCheck(folder.resolve("none").toString(), "npm").run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
    assertThat(finding.fix()).contains("nodejs.org");
  }

  @Test
  void npmThatFailsIsMissing() throws IOException {
    Finding finding = new NodeCheck(script("node", "echo v22.0.0"), script("npm", "exit 1")).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
    assertThat(finding.found()).contains("npm");
  }

  @Test
  void aTakenPortFailsAndAFreeOneDoesNot() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      Finding finding = new PortCheck(port).run();
      assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
      assertThat(finding.found()).contains("127.0.0.1:" + port);
      assertThat(finding.fix()).contains("--port");
    }
    assertThat(new PortCheck(port).run().verdict()).isEqualTo(Finding.Verdict.OK);
  }

  @Test
  void diskChecksTheNearestFolderAndLeavesNothing() throws IOException {
    Finding finding = new DiskCheck(folder.resolve("not/yet/there")).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.OK);
    assertThat(finding.found()).contains(folder.toString());
    assertThat(folder).isEmptyDirectory();
  }

  private String script(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
