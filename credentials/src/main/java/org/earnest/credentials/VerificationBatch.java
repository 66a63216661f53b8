package org.earnest.credentials;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Credentials that are verified by several threads, some at a time so that none waits long. */
final class VerificationBatch {
  private static final int PORTION = 64;

  private final CredentialVerifier verifier;
  private final List<byte[]> credentials;

  VerificationBatch(CredentialVerifier verifier, List<byte[]> credentials) {
    this.verifier = verifier;
    this.credentials = List.copyOf(credentials);
  }

  List<VerificationOutcome> verify(int threads) {
    List<Callable<List<VerificationOutcome>>> portions = new ArrayList<>();
    for (int from = 0; from < credentials.size(); from += PORTION) {
      int to = Math.min(from + PORTION, credentials.size());
      List<byte[]> portion = credentials.subList(from, to);
      portions.add(() -> portion.stream().map(verifier::verify).toList());
    }
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<VerificationOutcome> outcomes = new ArrayList<>(credentials.size());
      for (Future<List<VerificationOutcome>> done : workers.invokeAll(portions)) {
        outcomes.addAll(done.get());
      }
      return outcomes;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a batch was verified", stopped);
    } catch (ExecutionException bug) {
      throw new IllegalStateException("a verification failed instead of answering", bug.getCause());
    }
  }
}
