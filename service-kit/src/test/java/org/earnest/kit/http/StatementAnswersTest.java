package org.earnest.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.earnest.core.credential.StatementOutcome;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StatementAnswersTest {
  /** A service whose statements come out so. */
  private record Stating(StatementOutcome outcome) implements HttpService {
    @Override
    public String name() {
      return "sample";
    }

    @Override
    public String openApiResource() {
      return "sample-openapi.json";
    }

    @Override
    public void routes(Routes routes) {
      routes.get("/statement", context -> StatementAnswers.send(context, form -> outcome));
    }
  }

  private static HttpResponse<String> answer(StatementOutcome outcome) throws Exception {
    try (Host host = Host.builder().mount(new Stating(outcome)).start();
        HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(host.uri() + "/statement")).build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void whoeverFindsNoTurnIsToldWhenToComeAgain() throws Exception {
    HttpResponse<String> answer = answer(new StatementOutcome.Busy("two are made at once"));

    JsonNode problem = StrictJson.readTree(answer.body().getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(problem.path("code").asString()).isEqualTo("too_busy");
    assertThat(problem.path("retryable").booleanValue()).isTrue();
    assertThat(problem.path("detail").asString()).isEqualTo("two are made at once");
  }

  @Test
  void whatIsTooLargeIsNotAskedForAgain() throws Exception {
    HttpResponse<String> answer = answer(new StatementOutcome.TooLarge("2,048 at most"));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    assertThat(answer.body()).contains("statement_too_large", "\"retryable\":false");
  }
}
