package org.earnest.kit.http;

import io.javalin.http.Handler;

/**
 * What a service adds its routes to. Paths are Javalin's: {@code /deals/{dealId}}; a parameter in
 * angle brackets, {@code <didUrl>}, takes slashes too.
 */
public interface Routes {
  void get(String path, Handler handler);

  void post(String path, Handler handler);

  void put(String path, Handler handler);

  void delete(String path, Handler handler);

  /** A stream of server-sent events at {@code GET path}; at most {@link Host#MAX_LISTENERS}. */
  void stream(String path, EventStream stream);
}
