package org.earnest.credentials.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.earnest.credentials.model.SignableJson;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the VC API over HTTP. */
final class VcApi {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private VcApi() {}

  static HttpResponse<String> get(URI url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static HttpResponse<String> post(Host at, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return post(at.uri(), path, body, headers);
  }

  static HttpResponse<String> post(URI at, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(at + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) {
    return StrictJson.readTree(response.body().getBytes(StandardCharsets.UTF_8));
  }

  static byte[] request(String member, ObjectNode credential) {
    return request(member, credential, "{}");
  }

  static byte[] request(String member, ObjectNode credential, String options) {
    return ("{\""
            + member
            + "\":"
            + SignableJson.write(credential)
            + ",\"options\":"
            + options
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse("none"))
        .startsWith("application/problem+json");
    assertThat(json(response).get("code").stringValue()).isEqualTo(code);
    assertThat(json(response).get("detail").stringValue()).isNotBlank();
    assertThat(json(response).get("traceId").stringValue()).hasSize(32);
  }
}
