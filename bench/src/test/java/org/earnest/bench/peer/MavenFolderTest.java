package org.earnest.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.earnest.bench.credentials.CredentialPeers;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with Maven, by a program in its place that writes down how it was called. */
class MavenFolderTest {
  @TempDir Path home;
  private Path maven;
  private Path folder;

  @BeforeEach
  void makeMaven() throws IOException {
    folder = home.resolve("peer");
    maven = home.resolve("mvn");
    behave("echo \"$@\" >> calls");
  }

  @Test
  void jarsAreFetchedOnceForTheSameVersions() throws IOException {
    install(maven.toString());
    install(maven.toString());
    assertThat(folder.resolve("pom.xml")).content().contains("nimbus-jose-jwt");
    assertThat(folder.resolve("calls"))
        .content()
        .isEqualTo("-B -q -f pom.xml dependency:copy-dependencies\n");
  }

  @Test
  void otherVersionsThanBeforeAreFetchedAnew() throws IOException {
    install(maven.toString());
    Files.writeString(folder.resolve(".installed"), "a pom.xml of before");
    install(maven.toString());
    assertThat(folder.resolve("calls")).content().hasLineCount(2);
  }

  @Test
  void withoutTheJarsThePeerIsMissingAndTriedAgain() throws IOException {
    behave("echo 'no such host'; exit 1");
    assertThatThrownBy(() -> install(maven.toString()))
        .hasMessage("nimbus could not be installed: maven ended with status 1: no such host")
        .asInstanceOf(type(StartupException.class))
        .satisfies(
            missing -> {
              assertThat(missing.code()).isEqualTo("peer_missing");
              assertThat(missing.remedy()).contains("maven", "--no-peers");
            });
    behave("echo \"$@\" >> calls");
    install(maven.toString());
    assertThat(folder.resolve("calls")).exists();
  }

  @Test
  void withoutMavenThePeerIsMissing() {
    assertThatThrownBy(() -> install(home.resolve("nowhere").toString()))
        .asInstanceOf(type(StartupException.class))
        .extracting(StartupException::code)
        .isEqualTo("peer_missing");
  }

  private void install(String program) {
    MavenFolder.install(
        "nimbus", folder, program, CredentialPeers.class, Map.of("nimbus/pom.xml", "pom.xml"));
  }

  private void behave(String how) throws IOException {
    Files.writeString(maven, "#!/bin/sh\n" + how + "\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }
}
