package org.earnest.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiAgreementTest {
  @Test
  void holdsForTheHostItself() {
    HttpService host =
        new HostEndpoints(
            List.of(), Map.of(), Map.of(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    assertThat(OpenApiAgreement.differences(host)).isEmpty();
  }

  @Test
  void holdsForASlashTakingParameter() {
    assertThat(OpenApiAgreement.differences(new SampleService(Readiness.ready()))).isEmpty();
  }

  @Test
  void findsWhatOneHasAndTheOtherHasNot() {
    HttpService other =
        new HttpService() {
          @Override
          public String name() {
            return "other";
          }

          @Override
          public String openApiResource() {
            return "/org/earnest/kit/http/sample-openapi.json";
          }

          @Override
          public void routes(Routes routes) {
            routes.get("/echo", context -> {});
            routes.put("/things/{id}", context -> {});
            routes.get("/things/{id}", context -> {});
            routes.get("/broken/{how}", context -> {});
          }
        };
    assertThat(OpenApiAgreement.differences(other))
        .containsExactlyInAnyOrder(
            "GET /echo is served but not described",
            "PUT /things/{id} is served but not described",
            "POST /echo is described but not served",
            "GET /paths/{rest} is described but not served");
  }
}
