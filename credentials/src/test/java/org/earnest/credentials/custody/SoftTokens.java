package org.earnest.credentials.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Empty tokens of SoftHSM 2, all made before the library is loaded, as it finds no later ones. The
 * library reads where they are from the process's environment, which the module's pom sets.
 */
final class SoftTokens {
  static final String PIN = "7391-pin";

  private static final String CONFIGURATION = "SOFTHSM2_CONF";
  private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));

  private final Deque<Long> slots = new ArrayDeque<>();

  private SoftTokens() {}

  static SoftTokens none() {
    return new SoftTokens();
  }

  static boolean installed() {
    return LIBRARIES.stream().anyMatch(Files::exists);
  }

  static SoftTokens make(int number) throws IOException, InterruptedException {
    String configuration = System.getenv(CONFIGURATION);
    assertThat(configuration).as("%s, which Maven sets", CONFIGURATION).isNotNull();
    Path folder = Files.createTempDirectory("tokens");
    Files.createDirectories(Path.of(configuration).getParent());
    Files.writeString(
        Path.of(configuration), "directories.tokendir = " + folder + "\nlog.level = ERROR\n");
    SoftTokens tokens = new SoftTokens();
    for (int index = 0; index < number; index++) {
      tokens.slots.add(make("token-" + index));
    }
    return tokens;
  }

  private static long make(String label) throws IOException, InterruptedException {
    Process made =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--so-pin",
                "so-" + PIN,
                "--pin",
                PIN)
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    Matcher slot = SLOT.matcher(said);
    assertThat(slot.find()).as(said).isTrue();
    return Long.parseLong(slot.group(1));
  }

  /** One that nobody has used. */
  long next() {
    return slots.remove();
  }

  static Path library() {
    return LIBRARIES.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("SoftHSM 2 is not installed: apt install softhsm2"));
  }
}
