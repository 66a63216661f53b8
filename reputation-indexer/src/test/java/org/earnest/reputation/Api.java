package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;

/** A reader of a host's answers. */
final class Api {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Host host;

  Api(Host host) {
    this.host = host;
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host.uri() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> post(String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(host.uri() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  JsonNode json(String path, int status) throws Exception {
    HttpResponse<byte[]> response = get(path);
    assertThat(response.statusCode())
        .as("%s: %s", path, new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(status);
    return StrictJson.readTree(response.body());
  }

  /** Every entry of a listing, page by page. */
  List<JsonNode> pages(String path, String member) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page = json(path, 200);
    page.path(member).forEach(all::add);
    while (page.has("next")) {
      page = json(path + "&cursor=" + page.path("next").stringValue(), 200);
      page.path(member).forEach(all::add);
    }
    return all;
  }

  JsonNode refused(String path, int status, String code) throws Exception {
    JsonNode problem = json(path, status);
    assertThat(problem.path("code").stringValue()).as(path).isEqualTo(code);
    assertThat(problem.path("type").stringValue()).isEqualTo("urn:earnest:problem:" + code);
    assertThat(problem.path("detail").stringValue()).isNotBlank();
    assertThat(problem.path("retryable").booleanValue()).as(path).isEqualTo(status >= 500);
    return problem;
  }
}
