package org.earnest.payments.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does things at once. */
public final class Together {
  private Together() {}

  /** Each thing on one of as many threads; the answers in the order of the things. */
  public static <A, B> List<B> ask(int concurrency, List<A> things, Function<A, B> question)
      throws Exception {
    List<Callable<B>> calls = new ArrayList<>();
    things.forEach(thing -> calls.add(() -> question.apply(thing)));
    try (ExecutorService threads =
        Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().factory())) {
      List<B> answers = new ArrayList<>();
      for (Future<B> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
