package org.earnest.kit.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTokenTest {
  @TempDir Path folder;

  @Test
  void isMadeOnceForItsUserAlone() throws Exception {
    try (StateDirectory state = StateDirectory.open(folder.resolve("state"))) {
      OperatorToken made = OperatorToken.of(state);
      Path file = state.resolve(OperatorToken.FILE);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(file)).matches("[0-9a-f]{64}");
      assertThat(made.authorization()).isEqualTo("Bearer " + Files.readString(file));
      assertThat(OperatorToken.of(state).authorization()).isEqualTo(made.authorization());
      assertThat(OperatorToken.read(state.path()).authorization()).isEqualTo(made.authorization());
      assertThat(made.toString()).doesNotContain(Files.readString(file));
    }
  }

  @Test
  void isAnotherInEveryFolder() throws Exception {
    try (StateDirectory one = StateDirectory.open(folder.resolve("one"));
        StateDirectory other = StateDirectory.open(folder.resolve("other"))) {
      assertThat(OperatorToken.of(one).authorization())
          .isNotEqualTo(OperatorToken.of(other).authorization());
    }
  }

  @Test
  void isMadeAnewWhereItWasCutOff() throws Exception {
    try (StateDirectory state = StateDirectory.open(folder.resolve("state"))) {
      Files.writeString(state.resolve(OperatorToken.FILE), "0123");
      assertThat(OperatorToken.of(state).authorization()).hasSize("Bearer ".length() + 64);
    }
  }

  @Test
  void isAskedForByNameWhereThereIsNone() throws Exception {
    Files.writeString(folder.resolve(OperatorToken.FILE), "nonsense");
    for (Path without : new Path[] {folder, folder.resolve("nowhere")}) {
      assertThatThrownBy(() -> OperatorToken.read(without))
          .isInstanceOfSatisfying(
              StartupException.class,
              missing -> assertThat(missing.code()).isEqualTo("operator_token_missing"));
    }
  }
}
