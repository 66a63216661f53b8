package org.earnest.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher builds, and when. Maven and npm only record that they were called. */
class LauncherBuildTest {
  @TempDir Path folder;
  private LauncherSandbox machine;

  @BeforeEach
  void aMachineThatHasAll() throws IOException {
    machine = new LauncherSandbox(folder);
    machine.jdk("jdk-25", "25.0.3");
    machine.node("v20.20.2");
  }

  @Test
  void theFirstRunInstallsAndBuildsTheSecondDoesNeither() throws Exception {
    LauncherSandbox.Run first = machine.run("demo");
    assertThat(first.err()).contains("installing the contracts' npm packages", "building");
    assertThat(first.err()).contains("  Earnest :: core [1/2]");
    assertThat(first.out()).contains("java of jdk-25");
    assertThat(machine.calls()).containsExactly("npm ci --ignore-scripts", "mvnw");

    machine.run("demo");
    assertThat(machine.calls()).hasSize(2);
  }

  @Test
  void anEditIsBuiltOnce() throws Exception {
    machine.run("demo");
    touch("core/src/main/java/A.java");
    machine.run("demo");
    machine.run("demo");
    assertThat(machine.calls()).containsExactly("npm ci --ignore-scripts", "mvnw", "mvnw");
  }

  @Test
  void aRemovedSourceIsNoticed() throws Exception {
    machine.run("demo");
    Path source = machine.root().resolve("core/src/main/java/A.java");
    Files.delete(source);
    Files.setLastModifiedTime(source.getParent(), FileTime.from(Instant.now().plusSeconds(5)));
    machine.run("demo");
    assertThat(machine.calls()).containsExactly("npm ci --ignore-scripts", "mvnw", "mvnw");
  }

  @Test
  void aTouchedLockFileIsNotInstalledAnewButAChangedOneIs() throws Exception {
    machine.run("demo");
    touch("contracts/package-lock.json");
    machine.run("demo");
    assertThat(machine.calls()).hasSize(2);
    Files.writeString(machine.root().resolve("contracts/package-lock.json"), "{ }");
    machine.run("demo");
    assertThat(machine.calls())
        .containsExactly("npm ci --ignore-scripts", "mvnw", "npm ci --ignore-scripts");
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLogAndIsTriedAgain() throws Exception {
    machine.failingBuild();
    LauncherSandbox.Run run = machine.run("demo");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("cannot find symbol", "build.log");
    assertThat(run.out()).doesNotContain("java of");
    machine.run("demo");
    assertThat(machine.calls()).containsExactly("npm ci --ignore-scripts", "mvnw", "mvnw");
  }

  @Test
  void testRunsVerifyAndPassesItsExitCodeOn() throws Exception {
    machine.failingBuild();
    assertThat(machine.run("test").exit()).isEqualTo(1);
    assertThat(machine.calls()).contains("mvnw");
  }

  @Test
  void aLockOfADeadBuildIsTakenOver() throws Exception {
    Path lock = Files.createDirectories(machine.root().resolve("target/launcher/lock"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(lock.resolve("pid"), Long.toString(dead.pid()));
    assertThat(machine.run("demo").out()).contains("java of jdk-25");
  }

  private void touch(String file) throws IOException {
    Files.setLastModifiedTime(
        machine.root().resolve(file), FileTime.from(Instant.now().plusSeconds(1)));
    // The build's own stamp must be newer than the edit, as it is when the edit lies in the past.
    java.util.concurrent.locks.LockSupport.parkNanos(java.time.Duration.ofMillis(1100).toNanos());
  }
}
