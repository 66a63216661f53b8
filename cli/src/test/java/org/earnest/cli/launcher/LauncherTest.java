package org.earnest.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.earnest.cli.command.EarnestCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The launcher on machines that lack things, with a PATH of its own and tools that only record. */
class LauncherTest {
  @TempDir Path folder;
  private LauncherSandbox machine;

  @BeforeEach
  void aMachineThatHasAll() throws IOException {
    machine = new LauncherSandbox(folder);
    machine.jdk("jdk-25", "25.0.3");
    machine.node("v20.20.2");
    machine.built();
  }

  @Test
  void helpNeedsNothing() throws Exception {
    LauncherSandbox bare = new LauncherSandbox(folder.resolve("bare"));
    LauncherSandbox.Run run = bare.run("--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("demo", "dev", "doctor", "test");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandOfTheProgramIsListedAndRun(String command) throws Exception {
    assertThat(machine.run("--help").out()).containsPattern("(?m)^  " + command + " ");
    assertThat(machine.run(command).out()).contains("java of jdk-25");
  }

  /** As the program itself lists them; help is the launcher's own. */
  static Stream<String> commands() {
    Command program = EarnestCommand.class.getAnnotation(Command.class);
    return Arrays.stream(program.subcommands())
        .filter(command -> command != HelpCommand.class)
        .map(command -> command.getAnnotation(Command.class).name());
  }

  @Test
  void aMistypedCommandIsRefusedBeforeAnythingIsBuilt() throws Exception {
    LauncherSandbox bare = new LauncherSandbox(folder.resolve("bare"));
    LauncherSandbox.Run run = bare.run("dmeo");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("there is no command 'dmeo'", "./earnest --help");
    assertThat(bare.calls()).isEmpty();
  }

  @Test
  void theVersionNeedsNoNode() throws Exception {
    machine.remove("bin/node");
    assertThat(machine.run("version").out()).contains("java of jdk-25");
  }

  @Test
  void withoutJdkItSaysHowToGetOne() throws Exception {
    LauncherSandbox bare = new LauncherSandbox(folder.resolve("bare"));
    bare.node("v20.20.2");
    LauncherSandbox.Run run = bare.run("demo");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("no JDK 21 or newer found", "apt-get install", "JAVA_HOME");
  }

  @Test
  void anOldJdkIsNamedAndRefused() throws Exception {
    LauncherSandbox old = new LauncherSandbox(folder.resolve("old"));
    old.node("v20.20.2");
    old.jdk("jdk-17", "17.0.15");
    LauncherSandbox.Run run = old.run("demo");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("the newest here is 17.0.15");
  }

  @Test
  void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
    LauncherSandbox runtimeOnly = new LauncherSandbox(folder.resolve("jre"));
    runtimeOnly.node("v20.20.2");
    Files.delete(runtimeOnly.jdk("jre-25", "25").resolve("bin/javac"));
    assertThat(runtimeOnly.run("demo").err()).contains("no JDK 21 or newer found");
  }

  @Test
  void theNewestJdkIsTaken() throws Exception {
    machine.jdk("jdk-9", "9.0.4");
    machine.jdk("jdk-26", "26.0.1");
    machine.jdk("jdk-8", "1.8.0_392");
    assertThat(machine.run("demo").out()).contains("java of jdk-26");
  }

  @Test
  void javaHomeWinsWhereItIsNewEnough() throws Exception {
    Path chosen = machine.jdk("jdk-21", "21.0.9");
    LauncherSandbox.Run run = machine.with("JAVA_HOME", chosen.toString()).run("demo");
    assertThat(run.out()).contains("java of jdk-21");
    assertThat(run.err()).contains("JDK 21.0.9 is accepted; Earnest is tested with JDK 25");
  }

  @Test
  void anOldJavaHomeIsPassedOverWithALine() throws Exception {
    Path old = machine.jdk("jdk-17", "17.0.15");
    LauncherSandbox.Run run = machine.with("JAVA_HOME", old.toString()).run("demo");
    assertThat(run.out()).contains("java of jdk-25");
    assertThat(run.err())
        .contains("JAVA_HOME (" + old + ") is no JDK 21 or newer; using JDK 25.0.3");
  }

  @Test
  void sdkmansJdkIsFound() throws Exception {
    LauncherSandbox sdkman = new LauncherSandbox(folder.resolve("sdkman"));
    sdkman.node("v20.20.2");
    sdkman.built();
    sdkman.jdk("home/.sdkman/candidates/java/25-tem", "25");
    assertThat(sdkman.run("demo").out()).contains("java of 25-tem");
  }

  @Test
  void withoutNodeItSaysHowToGetOne() throws Exception {
    machine.remove("bin/node");
    LauncherSandbox.Run run = machine.run("demo");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("no Node found on the PATH", "nodejs.org");
  }

  @Test
  void anOldNodeIsNamedAndRefused() throws Exception {
    machine.node("v18.20.4");
    LauncherSandbox.Run run = machine.run("test");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("Node 18.20.4 is too old");
  }

  @Test
  void nodeWithoutNpmIsRefused() throws Exception {
    machine.remove("bin/npm");
    assertThat(machine.run("demo").err()).contains("Node 20.20.2 is here, but npm is not");
  }

  @Test
  void doctorRunsWithoutNodeSoThatItCanTell() throws Exception {
    machine.remove("bin/node");
    assertThat(machine.run("doctor").out()).contains("java of jdk-25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "indexer", "key", "tx", "x402", "version"})
  void whatNeedsNoChainRunsWithoutNode(String command) throws Exception {
    machine.remove("bin/node");
    assertThat(machine.run(command).out()).contains("java of jdk-25", "[" + command + "]");
  }

  @Test
  void doctorInstallsTheChainWhereNodeIsThere() throws Exception {
    LauncherSandbox fresh = new LauncherSandbox(folder.resolve("fresh"));
    fresh.jdk("jdk-25", "25.0.3");
    fresh.run("doctor");
    assertThat(fresh.calls()).containsExactly("mvnw");
    fresh.node("v20.20.2");
    fresh.run("doctor");
    assertThat(fresh.calls()).containsExactly("mvnw", "npm ci --ignore-scripts");
  }

  @Test
  void aNodeThatCannotSayItsVersionIsRefused() throws Exception {
    machine.node("nonsense");
    LauncherSandbox.Run run = machine.run("dev");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("node --version says 'nonsense'", "nodejs.org");
  }

  @Test
  void anotherPlatformIsRefusedWithTheSentence() throws Exception {
    machine.platform("SunOS", "sun4v");
    LauncherSandbox.Run run = machine.run("demo");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("linux x64 (tested)", "This machine is SunOS sun4v");
  }

  @Test
  void argumentsReachTheProgramAsTheyWereTyped() throws Exception {
    LauncherSandbox.Run run = machine.run("dev", "--state", "a folder with spaces", "*");
    assertThat(run.out())
        .contains("[-jar]", "[dev]", "[--state]", "[a folder with spaces]", "[*]")
        .contains("[--enable-native-access=ALL-UNNAMED]");
  }

  @Test
  void classesAreKeptForEachCommandWhereTheJvmCan() throws Exception {
    Path kept = machine.root().resolve("target/launcher/classes-demo.jsa");
    String option = "[-XX:SharedArchiveFile=" + kept + "]";
    assertThat(machine.run("demo").out()).doesNotContain(option);

    machine.keepsClasses("jdk-25");
    assertThat(machine.run("demo").out()).contains(option, "[-Xlog:disable]");
    Files.write(kept, new byte[] {1, 2, 3, 4, 5});
    assertThat(machine.run("demo").out()).contains(option);
    assertThat(kept).exists();
    Files.write(kept, new byte[] {0, 0, 0, 0, 5});
    assertThat(machine.run("demo").out()).contains(option);
    assertThat(kept).doesNotExist();
  }

  @Test
  void whatIsStartedAgainAndAgainKeepsWhatWasLearntOfIt() throws Exception {
    machine.keepsClasses("jdk-25");
    Path kept = machine.root().resolve("target/launcher/learnt-dev-25.0.3-first.aot");
    String making = "[-XX:AOTCacheOutput=" + kept + "]";
    LauncherSandbox.Run first = machine.run("dev");
    assertThat(first.out()).contains(making).doesNotContain("SharedArchiveFile");
    assertThat(first.err()).contains("this run takes some seconds more to end");

    Files.write(kept, new byte[] {1, 2, 3, 4, 5});
    LauncherSandbox.Run second = machine.run("dev");
    assertThat(second.out()).contains("[-XX:AOTCache=" + kept + "]").doesNotContain("CacheOutput");
    assertThat(second.err()).doesNotContain("seconds more");
    for (byte[] torn : List.of(new byte[] {0, 0, 0, 0, 5}, new byte[0])) {
      Files.write(kept, torn);
      assertThat(machine.run("dev").out()).contains(making);
    }
  }

  @Test
  void whatWasLearntOfAnotherBuildIsDropped() throws Exception {
    machine.keepsClasses("jdk-25");
    Path kept = machine.root().resolve("target/launcher/learnt-dev-25.0.3-first.aot");
    var unused = machine.run("dev");
    Files.write(kept, new byte[] {1, 2, 3, 4, 5});
    machine.builtAs("second");
    assertThat(machine.run("dev").out()).contains("AOTCacheOutput", "learnt-dev-25.0.3-second.aot");
    assertThat(kept).doesNotExist();
  }

  @Test
  void anOlderJdkKeepsTheClassesAlone() throws Exception {
    machine.jdk("jdk-25", "24.0.1");
    machine.keepsClasses("jdk-25");
    assertThat(machine.run("dev").out()).contains("classes-dev.jsa").doesNotContain("AOT");
  }

  @Test
  void onADiskThatIsNearlyFullNoClassesAreKept() throws Exception {
    machine.keepsClasses("jdk-25");
    machine.free(262_143);
    assertThat(machine.run("demo").out()).contains("[demo]").doesNotContain("SharedArchiveFile");
    machine.free(262_144);
    assertThat(machine.run("demo").out()).contains("SharedArchiveFile");
  }

  @Test
  void whereNothingCanBeWrittenNoClassesAreKept() throws Exception {
    machine.keepsClasses("jdk-25");
    Files.writeString(machine.root().resolve("target"), "in the way");
    LauncherSandbox.Run run = machine.run("version");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("[version]").doesNotContain("SharedArchiveFile");
  }

  @Test
  void itRunsFromAnywhereAndThroughALink() throws Exception {
    assertThat(machine.runThroughLink("demo").out()).contains("java of jdk-25");
  }
}
