package org.earnest.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql://u:p@db.example/x, jdbc:postgresql://db.example:5432/x, u, p",
    "postgres://u@db.example:6000/x, jdbc:postgresql://db.example:6000/x, u, ''",
    "postgresql://u:p%40+%3A@h/x?sslmode=require, jdbc:postgresql://h:5432/x?sslmode=require, u, p@+:",
    "jdbc:postgresql://[::1]:1/x?user=u&password=p%26&ssl=true, jdbc:postgresql://[::1]:1/x?ssl=true, u, p&",
  })
  void readsAUrl(String url, String jdbcUrl, String user, String password) {
    assertThat(DatabaseSettings.parse(url))
        .isEqualTo(new DatabaseSettings(jdbcUrl, user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://h/x",
        "postgresql:///x",
        "postgresql://u:s3cret@h",
        "postgresql://u:s3cret@h/",
        "postgresql://u:s3cret@h h/x"
      })
  void refusesAnythingElseWithoutRepeatingThePassword(String url) {
    assertThatThrownBy(() -> DatabaseSettings.parse(url))
        .isInstanceOfSatisfying(
            StartupException.class, refused -> assertThat(refused.code()).isEqualTo("database_url"))
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void keepsThePasswordOutOfItsText() {
    assertThat(DatabaseSettings.parse("postgresql://u:s3cret@h/x").toString())
        .doesNotContain("s3cret");
  }
}
