package org.earnest.credentials.status;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.credentials.fetch.DocumentSource;

/** Serves documents from memory, and counts. */
public final class ListServer implements DocumentSource {
  private final Map<URI, Answer> answers = new ConcurrentHashMap<>();
  public final AtomicInteger asked = new AtomicInteger();

  public ListServer with(URI url, String body) {
    answers.put(url, new Answer.Received(body));
    return this;
  }

  public void fails(URI url) {
    answers.put(url, new Answer.Unavailable("nobody is there"));
  }

  @Override
  public Answer get(URI uri, String accept) {
    asked.incrementAndGet();
    return answers.getOrDefault(uri, new Answer.Refused("there is no such thing"));
  }
}
