package org.earnest.credentials.edge;

import io.javalin.http.Handler;
import java.util.Set;
import org.earnest.kit.http.EventStream;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Routes;
import org.earnest.kit.submission.OperatorToken;

/**
 * The VC API where strangers reach it: what the house's own key signs, its operator alone asks for.
 * Whoever else could have it signed would put any words into the issuer's mouth.
 *
 * @param service whose routes they are
 * @param operator whose token is demanded
 */
public record OperatorsSignature(CredentialsService service, OperatorToken operator)
    implements HttpService {
  private static final Set<String> SIGNING = Set.of("/credentials/issue", "/presentations");

  @Override
  public String name() {
    return service.name();
  }

  @Override
  public String openApiResource() {
    return service.openApiResource();
  }

  @Override
  public void routes(Routes routes) {
    service.routes(new Guarded(routes, operator));
  }

  private record Guarded(Routes routes, OperatorToken operator) implements Routes {
    @Override
    public void get(String path, Handler handler) {
      routes.get(path, handler);
    }

    @Override
    public void post(String path, Handler handler) {
      routes.post(path, SIGNING.contains(path) ? guarded(handler) : handler);
    }

    private Handler guarded(Handler handler) {
      return context -> {
        operator.require(context);
        handler.handle(context);
      };
    }

    @Override
    public void put(String path, Handler handler) {
      routes.put(path, handler);
    }

    @Override
    public void delete(String path, Handler handler) {
      routes.delete(path, handler);
    }

    @Override
    public void stream(String path, EventStream stream) {
      routes.stream(path, stream);
    }
  }
}
