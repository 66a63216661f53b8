package org.earnest.credentials.edge;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Set;
import org.earnest.kit.http.EventStream;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Routes;
import org.earnest.kit.submission.OperatorToken;

/**
 * The VC API where strangers may reach it: what the house's own key signs, its operator alone asks
 * for. Whoever else could have it signed would put any words into the issuer's mouth.
 *
 * @param service whose routes they are
 * @param operator whose token is demanded
 * @param whose requests it is demanded of
 */
public record OperatorsSignature(CredentialsService service, OperatorToken operator, Demand whose)
    implements HttpService {
  /** Whose requests must bring the token. */
  public enum Demand {
    EVERYBODYS,
    /**
     * Those that a proxy passed on, as it says in their headers. One that adds none of them is not
     * noticed.
     */
    FORWARDED
  }

  private static final Set<String> PROXIES = Set.of("forwarded", "via", "x-real-ip");
  private static final String PROXIES_LIKE = "x-forwarded-";
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
    service.routes(new Guarded(routes, operator, whose));
  }

  private record Guarded(Routes routes, OperatorToken operator, Demand whose) implements Routes {
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
        if (whose == Demand.EVERYBODYS || isForwarded(context)) {
          operator.require(context);
        }
        handler.handle(context);
      };
    }

    private static boolean isForwarded(Context context) {
      return context.headerMap().keySet().stream()
          .map(name -> name.toLowerCase(Locale.ROOT))
          .anyMatch(name -> PROXIES.contains(name) || name.startsWith(PROXIES_LIKE));
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
