package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo as the launcher starts it. */
class DemoCommandIT {
  @TempDir Path folder;
  private DevHome home;

  @BeforeEach
  void makeHome() throws IOException {
    home = DevHome.in(folder);
  }

  @AfterEach
  void takeApart() throws IOException {
    home.close();
  }

  @Test
  void printsOneObjectAndLeavesNothing() throws Exception {
    try (EarnestProcess demo = run("demo", "--json")) {
      JsonNode figures = demo.json();
      assertThat(demo.awaitEnd()).as(figures + demo.err()).isZero();
      assertThat(figures.propertyNames())
          .containsExactly(
              "ok", "wallMs", "checks", "steps", "transactions", "gas", "balances", "reputations");
      assertThat(figures.path("ok").booleanValue()).as(figures + demo.err()).isTrue();
      assertThat(figures.path("checks").valueStream())
          .allSatisfy(check -> assertThat(check.path("ok").booleanValue()).isTrue());
      assertThat(demo.err()).contains("12. What is left: reputation");
    }
    assertNothingIsLeft();
  }

  @Test
  void canBeStoppedInTheMiddle() throws Exception {
    try (EarnestProcess demo = run("demo", "--json")) {
      demo.awaitErr("deploying the contracts");
      demo.signal("TERM");
      assertThat(demo.awaitEnd()).isNotZero();
    }
    assertNothingIsLeft();
  }

  private EarnestProcess run(String... arguments) throws IOException {
    return EarnestProcess.start(home, Map.of(), List.of(arguments));
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(home.leftovers()).isEmpty();
    assertThat(home.home().resolve(".earnest/run")).isDirectoryNotContaining(Files::isDirectory);
  }
}
