package org.earnest.kit.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.postgres.PostgresFixture;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyKeysIT {
  @TempDir static Path folder;
  private static Lifecycle run;
  private static Database database;

  private final AtomicInteger runs = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String key = UUID.randomUUID().toString();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private Host host;

  @BeforeAll
  static void startDatabase() throws Exception {
    run = new Lifecycle();
    StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("state")));
    EmbeddedPostgres postgres = run.start(() -> PostgresFixture.start(state));
    database = run.start(() -> PostgresFixture.open(postgres));
  }

  @AfterAll
  static void stopDatabase() {
    run.close();
  }

  @BeforeEach
  void start() {
    host = Host.builder().mount(new Shop(IdempotencyKeys.open(database))).start();
  }

  @AfterEach
  void stop() {
    host.close();
    http.close();
  }

  @Test
  void answersTheSameRequestFromWhatWasSaved() throws Exception {
    HttpResponse<String> first = send(key, "{\"a\":1}");
    HttpResponse<String> second = send(key, "{\"a\":1}");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body()).isEqualTo("{\"order\":1}");
    for (String header : List.of("Content-Type", "Location")) {
      assertThat(second.headers().firstValue(header)).isEqualTo(first.headers().firstValue(header));
    }
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(runs).hasValue(1);
  }

  @Test
  void remembersOverARestartOfTheHost() throws Exception {
    send(key, "x");
    stopHostAndStartAnother();
    assertThat(send(key, "x").body()).isEqualTo("{\"order\":1}");
    assertThat(runs).hasValue(1);
  }

  @Test
  void refusesAnotherRequestUnderTheKey() throws Exception {
    send(key, "x");
    assertProblem(send(key, "y"), 409, "idempotency_key_reused", false);
    assertProblem(
        http.send(request(key, "/orders?then=more", "x"), HttpResponse.BodyHandlers.ofString()),
        409,
        "idempotency_key_reused",
        false);
    assertThat(runs).hasValue(1);
  }

  @Test
  void doesNotKeepAFailureButKeepsTheKeyToItsRequest() throws Exception {
    failures.set(2);
    assertProblem(send(key, "x"), 422, "sold_out", false);
    assertProblem(send(key, "x"), 500, "internal_error", false);
    assertProblem(send(key, "y"), 409, "idempotency_key_reused", false);
    assertThat(send(key, "x").statusCode()).isEqualTo(201);
    assertThat(runs).hasValue(3);
  }

  @Test
  void runsOnceForManyAtOnce() throws Exception {
    int callers = 12;
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      gate = new CountDownLatch(1);
      List<Future<HttpResponse<String>>> pending = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        Callable<HttpResponse<String>> call = () -> send(key, "x");
        pending.add(threads.submit(call));
      }
      for (Future<HttpResponse<String>> one : pending) {
        gate.countDown();
        answers.add(one.get());
      }
    }
    assertThat(runs).hasValue(1);
    assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(201, 409).contains(201);
  }

  @Test
  void asksForPatienceWhileTheSameRequestIsWorkedOn() throws Exception {
    gate = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> call = () -> send(key, "x");
      Future<HttpResponse<String>> first = threads.submit(call);
      while (runs.get() == 0) {
        Thread.onSpinWait();
      }
      HttpResponse<String> second = send(key, "x");
      assertProblem(second, 409, "idempotency_key_in_progress", true);
      assertThat(second.headers().firstValue("Retry-After")).contains("1");
      gate.countDown();
      assertThat(first.get().statusCode()).isEqualTo(201);
    }
  }

  @Test
  void takesOverFromAHolderThatFellSilent() throws Exception {
    AnswerStore silent = new AnswerStore(database, Duration.ZERO);
    byte[] digest = new byte[32];
    Claim first = silent.claim("shop", key, digest);
    Claim second = silent.claim("shop", key, digest);
    assertThat(first).isInstanceOf(Claim.Ours.class);
    assertThat(second).isInstanceOf(Claim.Ours.class);

    SavedAnswer late =
        new SavedAnswer(200, Optional.empty(), Optional.empty(), "late".getBytes(UTF_8));
    SavedAnswer right =
        new SavedAnswer(200, Optional.empty(), Optional.empty(), "right".getBytes(UTF_8));
    silent.answer("shop", key, ((Claim.Ours) first).token(), late);
    silent.answer("shop", key, ((Claim.Ours) second).token(), right);
    assertThat(silent.claim("shop", key, digest))
        .isInstanceOfSatisfying(
            Claim.Answered.class,
            answered -> assertThat(answered.answer().body()).isEqualTo("right".getBytes(UTF_8)));
  }

  @Test
  void runsWithoutAKeyAndRefusesAnInvalidOne() throws Exception {
    HttpRequest plain =
        HttpRequest.newBuilder(URI.create(host.uri() + "/orders"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    for (int i = 0; i < 2; i++) {
      assertThat(http.send(plain, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(201);
    }
    for (String invalid : List.of("a b", "k".repeat(256))) {
      assertProblem(send(invalid, "x"), 400, "invalid_idempotency_key", false);
    }
    assertThat(runs).hasValue(2);
  }

  private void stopHostAndStartAnother() {
    host.close();
    start();
  }

  private HttpResponse<String> send(String withKey, String body) throws Exception {
    return http.send(request(withKey, "/orders", body), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String withKey, String path, String body) {
    return HttpRequest.newBuilder(URI.create(host.uri() + path))
        .header("Idempotency-Key", withKey)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static void assertProblem(
      HttpResponse<String> answer, int status, String code, boolean retryable) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"retryable\":" + retryable);
  }

  /** Sells once per run of its handler. */
  private final class Shop implements HttpService {
    private final IdempotencyKeys keys;

    private Shop(IdempotencyKeys keys) {
      this.keys = keys;
    }

    @Override
    public String name() {
      return "shop";
    }

    @Override
    public String openApiResource() {
      return "/org/earnest/kit/http/sample-openapi.json";
    }

    @Override
    public void routes(Routes routes) {
      routes.post("/orders", keys.around(name(), this::sell));
    }

    private void sell(Context context) throws Exception {
      int order = runs.incrementAndGet();
      gate.await();
      switch (failures.getAndUpdate(left -> Math.max(0, left - 1))) {
        case 2 -> throw Problem.of(422, "sold_out", "Sold out", "Nothing left.").asException();
        case 1 -> throw new IllegalStateException("on purpose");
        default -> answer(context, order);
      }
    }

    private static void answer(Context context, int order) {
      context.status(201).header("Location", "/orders/" + order);
      context.contentType("application/json").result("{\"order\":" + order + "}");
    }
  }
}
