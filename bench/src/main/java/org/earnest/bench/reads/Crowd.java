package org.earnest.bench.reads;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** Some that ask at once, each one thing after the other. */
final class Crowd implements AutoCloseable {
  private static final int OK = 200;
  private static final String GRAPHQL_ERRORS = "\"errors\":[";

  /** Before what is measured, so that neither code nor pages of the database are cold. */
  private static final int WARM_UP_ONE_IN = 5;

  private final ReadPlan plan;
  private final List<String> files;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads;

  /**
   * Some.
   *
   * @param files as {@link Keys} takes them
   */
  Crowd(ReadPlan plan, List<String> files) {
    this.plan = plan;
    this.files = files;
    this.threads = Executors.newFixedThreadPool(plan.concurrency());
  }

  Answered ask(Question question, URI host) {
    return timed(question.name(), keys -> one(host, question, keys));
  }

  /** The same of something that is not asked over HTTP; whether it was answered. */
  Answered ask(String name, Predicate<Keys> question) {
    return timed(
        name,
        keys -> {
          long begun = System.nanoTime();
          boolean right = question.test(keys);
          return new Answered.One(Duration.ofNanos(System.nanoTime() - begun), name, right);
        });
  }

  private interface Asking {
    Answered.One once(Keys keys);
  }

  private Answered timed(String name, Asking asking) {
    var unused = rounds(plan.requests() / WARM_UP_ONE_IN, 1, asking);
    return Answered.of(name, rounds(plan.requests(), 2, asking));
  }

  private List<Answered.One> rounds(int requests, int use, Asking asking) {
    List<Future<List<Answered.One>>> asked = new ArrayList<>();
    for (int i = 0; i < plan.concurrency(); i++) {
      Keys keys = new Keys(plan, files, (long) use * plan.concurrency() + i);
      int share = (requests + i) / plan.concurrency();
      asked.add(
          threads.submit(
              () -> {
                List<Answered.One> all = new ArrayList<>();
                for (int n = 0; n < share; n++) {
                  all.add(asking.once(keys));
                }
                return all;
              }));
    }
    return asked.stream().flatMap(each -> got(each).stream()).toList();
  }

  private static List<Answered.One> got(Future<List<Answered.One>> asked) {
    try {
      return asked.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a question failed", failed.getCause());
    }
  }

  private Answered.One one(URI host, Question question, Keys keys) {
    String path = question.path().apply(keys);
    HttpRequest.Builder asking = HttpRequest.newBuilder(URI.create(host + path));
    question
        .body()
        .ifPresent(
            body ->
                asking
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.apply(keys))));
    HttpRequest request = asking.build();
    long begun = System.nanoTime();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      // GraphQL tells its errors with status 200.
      boolean right =
          answer.statusCode() == OK
              && (question.body().isEmpty() || !answer.body().contains(GRAPHQL_ERRORS));
      return new Answered.One(took, path, right);
    } catch (IOException broken) {
      return new Answered.One(Duration.ofNanos(System.nanoTime() - begun), path, false);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.close();
  }
}
