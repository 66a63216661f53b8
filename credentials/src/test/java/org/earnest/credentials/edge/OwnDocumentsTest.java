package org.earnest.credentials.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.earnest.credentials.fetch.DocumentSource.Answer;
import org.earnest.kit.http.Host;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a house asks of itself for a stranger's credential. */
class OwnDocumentsTest {
  private static final String ACCEPT = "application/json";

  @SuppressWarnings("NullAway.Init")
  private static Host house;

  @SuppressWarnings("NullAway.Init")
  private static OwnDocuments documents;

  @BeforeAll
  static void start() {
    house = Host.builder().mount(new SchemaService()).start();
    documents = new OwnDocuments(house.uri());
  }

  @AfterAll
  static void stop() throws IOException {
    documents.close();
    house.close();
  }

  private static Answer get(String path) {
    return documents.get(URI.create(house.uri() + path), ACCEPT);
  }

  @Test
  void itsSchemasAndListsAreAskedFor() {
    assertThat(get("/schemas/agent/v1/role.json")).isInstanceOf(Answer.Received.class);
    assertThat(get("/status-lists/0a6e2a3c-6d1c-4a44-9d5f-0f6a4f2f6f11"))
        .isEqualTo(new Answer.Refused("The host answered with status 404."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/metrics",
        "/health/live",
        "/schemas/agent/v1/",
        "/schemas/agent/v1/..",
        "/schemas/agent/v1/role.json?",
        "/schemas/agent/v1/../../../metrics",
        "/schemas/agent/v1/%2e%2e/metrics",
        "/schemas/agent/v1/..%2fmetrics",
        "/schemas/agent/v1/role.json/../../../../metrics",
        "/status-lists/../metrics",
        "/status-lists/a/b",
        "/status-lists/a;b",
        "//status-lists/a"
      })
  void nothingElseOfItIsAskedFor(String path) {
    assertThat(get(path)).isEqualTo(new Answer.Refused("Only https is fetched."));
  }
}
