package org.earnest.kit.http;

import java.nio.ByteBuffer;
import org.earnest.kit.json.StrictJson;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before any route is looked up, in the same form as all else. */
final class JettyErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Problem problem = Failures.ofStatus(response.getStatus());
    byte[] body = StrictJson.write(problem.traced(Trace.create().traceId()));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.setStatus(problem.status());
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
