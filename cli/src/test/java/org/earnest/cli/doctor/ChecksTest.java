package org.earnest.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.earnest.testkit.chain.FaultyRpcServer;
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
    Finding finding = DiskCheck.of(folder.resolve("not/yet/there")).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.OK);
    assertThat(finding.found()).contains(folder.toString());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenFails() {
    Finding finding = DiskCheck.of(Path.of("/proc/earnest")).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
    assertThat(finding.found()).contains("cannot write in /proc");
    assertThat(finding.fix()).contains("--state");
  }

  @Test
  void tooLittleRoomFails() {
    Finding finding = new DiskCheck(folder, Long.MAX_VALUE).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
    assertThat(finding.found()).contains("less than");
    assertThat(finding.fix()).contains("make room", "--state");
  }

  @Test
  void aNodeThatDoesNotAnswerFails() throws IOException {
    URI dead = URI.create("http://127.0.0.1:" + freePort());
    Finding finding = chain(List.of(dead), folder.resolve("anvil")).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
    assertThat(finding.fix()).contains("node runs");
  }

  @Test
  void aNodeOfAChainThatOthersShareFails() {
    try (FaultyRpcServer shared = FaultyRpcServer.stub(ChecksTest::asGeth)) {
      Finding finding = chain(List.of(shared.url()), folder.resolve("anvil")).run();
      assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
      assertThat(finding.found()).contains("eip155:1 ");
      assertThat(finding.fix()).contains("anvil or Hardhat");
    }
  }

  private static String asGeth(String request) {
    String result = request.contains("web3_clientVersion") ? "Geth/v1.16.7" : "0x1";
    String id = request.replaceAll("(?s).*\"id\":\\s*(\\d+).*", "$1");
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"" + result + "\"}";
  }

  @Test
  void anAnvilThatFailsIsQuotedAndLeavesNothing() throws IOException {
    Path anvil = Path.of(script("anvil", "echo out of luck; exit 3"));
    Finding finding = chain(List.of(), anvil).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
    assertThat(finding.found()).contains("out of luck");
    assertThat(folder.resolve("scratch")).isDirectoryNotContaining(Files::isDirectory);
  }

  @Test
  void aDatabaseThatDoesNotAnswerFailsWithoutItsPassword() throws IOException {
    String dead = "postgresql://me:secret-word@127.0.0.1:" + freePort() + "/none";
    Finding finding = database(Optional.of(dead), folder.resolve("scratch")).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
    assertThat(finding.fix()).contains("--database-url");
    assertThat(finding.toString()).doesNotContain("secret-word");
  }

  @Test
  void anEmbeddedDatabaseThatCannotBeMadeFails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Finding finding = database(Optional.empty(), file).run();
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
    assertThat(finding.fix()).isNotBlank();
  }

  private ChainCheck chain(List<URI> nodes, Path anvil) {
    return new ChainCheck(() -> nodes, folder.resolve("scratch"), () -> anvil);
  }

  private DatabaseCheck database(Optional<String> url, Path scratch) {
    return new DatabaseCheck(url, scratch, folder.resolve("programs"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private String script(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
