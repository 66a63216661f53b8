package org.earnest.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TidyTest {
  private static final int JAVA_LINES = 400;
  private static final int CONTRACT_LINES = 600;

  @Test
  void noJavaFileIsTooLong() throws IOException {
    assertThat(longFiles(".java", JAVA_LINES)).isEmpty();
  }

  @Test
  void noContractIsTooLong() throws IOException {
    assertThat(longFiles(".sol", CONTRACT_LINES)).isEmpty();
  }

  private static Map<Path, Integer> longFiles(String suffix, int limit) throws IOException {
    List<Path> files = sources(suffix);
    assertThat(files).as("files ending in %s", suffix).isNotEmpty();
    Map<Path, Integer> tooLong = new TreeMap<>();
    for (Path file : files) {
      int lines = Files.readAllLines(file).size();
      if (lines > limit) {
        tooLong.put(ProjectFolder.path().relativize(file), lines);
      }
    }
    return tooLong;
  }

  private static List<Path> sources(String suffix) throws IOException {
    try (Stream<Path> rooms = Files.list(ProjectFolder.path())) {
      List<Path> folders =
          rooms
              .flatMap(room -> Stream.of("src", "test", "script").map(room::resolve))
              .filter(Files::isDirectory)
              .toList();
      List<Path> found = new java.util.ArrayList<>();
      for (Path folder : folders) {
        try (Stream<Path> tree = Files.walk(folder)) {
          tree.filter(file -> file.toString().endsWith(suffix)).forEach(found::add);
        }
      }
      return found;
    }
  }
}
