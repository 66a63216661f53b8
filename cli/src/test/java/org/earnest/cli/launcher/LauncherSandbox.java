package org.earnest.cli.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.earnest.cli.house.ProjectFolder;

/** A folder with the launcher, a PATH of POSIX tools only, and tools that record their calls. */
final class LauncherSandbox {
  private static final int TIMEOUT_SECONDS = 60;
  private static final List<String> POSIX =
      List.of(
          "sh",
          "cat",
          "cksum",
          "date",
          "dirname",
          "env",
          "find",
          "head",
          "kill",
          "mkdir",
          "mkfifo",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "sort",
          "tail",
          "touch");

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();

  LauncherSandbox(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("home"));
    for (String tool : POSIX) {
      script("bin/" + tool, "exec " + systemTool(tool) + " \"$@\"");
    }
    platform("Linux", "x86_64");
    free(1_000_000);
    Path launcher = root.resolve("earnest");
    Files.copy(
        ProjectFolder.path().resolve("earnest"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    write("pom.xml", "<project/>");
    write("core/src/main/java/A.java", "class A {}");
    write("contracts/package-lock.json", "{}");
    build("echo '[INFO] Building Earnest :: core 0.1.0  [1/2]'; mkdir -p cli/target");
  }

  record Run(int exit, String out, String err) {}

  Path root() {
    return root;
  }

  void platform(String system, String machine) throws IOException {
    script("bin/uname", "[ \"$1\" = -s ] && echo " + system + " || echo " + machine);
  }

  Path jdk(String name, String version) throws IOException {
    Path home = root.resolve(name.contains("/") ? name : "jdks/" + name);
    write(root.relativize(home) + "/release", "JAVA_VERSION=\"" + version + "\"\n");
    String label = home.getFileName().toString();
    script(
        root.relativize(home) + "/bin/java",
        "echo java of " + label + "; for word in \"$@\"; do echo \"[$word]\"; done");
    script(root.relativize(home) + "/bin/javac", "exit 0");
    return home;
  }

  /** A JDK that has the platform's own classes at hand. */
  void keepsClasses(String jdk) throws IOException {
    write("jdks/" + jdk + "/lib/server/classes.jsa", "");
  }

  /** Of the disk, in kilobytes. */
  void free(long kilobytes) throws IOException {
    script(
        "bin/df",
        "echo Filesystem 1024-blocks Used Available Capacity Mounted on; echo disk 9000000 1 "
            + kilobytes
            + " 1% /");
  }

  void node(String version) throws IOException {
    script("bin/node", "echo " + version);
    script("bin/npm", "echo \"npm $1 $2\" >>'" + root + "/calls'; mkdir -p node_modules");
  }

  void failingBuild() throws IOException {
    build("echo '[ERROR] cannot find symbol'; exit 1");
  }

  private void build(String what) throws IOException {
    script("mvnw", "echo mvnw >>'" + root + "/calls'; " + what);
  }

  /** Everything is built and installed already. */
  void built() throws IOException {
    Files.deleteIfExists(root.resolve("contracts/package-lock.json"));
    builtAs("first");
  }

  /** There was a build, which is named so. */
  void builtAs(String name) throws IOException {
    write("cli/target/.built", name);
    Files.setLastModifiedTime(
        root.resolve("cli/target/.built"), FileTime.from(Instant.now().plusSeconds(60)));
  }

  void remove(String file) throws IOException {
    Files.delete(root.resolve(file));
  }

  LauncherSandbox with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Run run(String... arguments) throws IOException, InterruptedException {
    return run(root.resolve("earnest"), arguments);
  }

  Run runThroughLink(String... arguments) throws IOException, InterruptedException {
    Path elsewhere = Files.createDirectories(root.resolve("else where"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../earnest"));
    return run(link, arguments);
  }

  List<String> calls() throws IOException {
    Path calls = root.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private Run run(Path launcher, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = root.resolve("out.txt");
    Path err = root.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.put("PATH", root.resolve("bin").toString());
    variables.put("HOME", root.resolve("home").toString());
    variables.put("EARNEST_JDK_FOLDERS", root + "/jdks/*");
    variables.putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the launcher did not end: " + Files.readString(err));
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private void script(String file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(root.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, StandardCharsets.UTF_8);
  }

  private static Path systemTool(String name) {
    return List.of("/usr/bin", "/bin").stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " on this machine"));
  }
}
