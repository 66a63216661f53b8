package org.earnest.did.edge;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.did.agent.AgentReport;
import org.earnest.did.agent.AgentVerifier;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.earnest.kit.http.Routes;

/** Says whether an agent, its file, its DID and its accounts belong together. */
public final class AgentBindingService implements HttpService {
  /** A crowd that asks at once is answered by one look at what strangers publish. */
  static final Duration REMEMBERED = Duration.ofSeconds(2);

  private static final int MAX_REMEMBERED = 1_000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,78}");

  private final AgentVerifier verifier;
  private final AsyncLoadingCache<Question, AgentReport> reports;

  public AgentBindingService(AgentVerifier verifier) {
    this.verifier = verifier;
    this.reports =
        Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .executor(command -> Thread.ofVirtual().name("agent-binding").start(command))
            .buildAsync(question -> verifier.verify(question.agent, question.did));
  }

  private record Question(AgentId agent, Optional<Did> did) {}

  @Override
  public String name() {
    return "agent-binding";
  }

  @Override
  public String openApiResource() {
    return "agent-binding.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/agents/{agentId}/binding", this::answer);
  }

  private void answer(Context context) {
    Question question = new Question(agent(context.pathParam("agentId")), did(context));
    context.json(ReportJson.of(report(question)));
  }

  private AgentReport report(Question question) {
    try {
      return reports.get(question).join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private AgentId agent(String text) {
    AgentId agent =
        Requests.parse(
            "path parameter agentId",
            () ->
                NUMBER.matcher(text).matches()
                    ? new AgentId(verifier.registry(), new BigInteger(text))
                    : AgentId.parse(text));
    if (!agent.registry().equals(verifier.registry())) {
      throw Problem.notFound(
              "registry_not_followed", "Agents of " + verifier.registry() + " are verified here.")
          .asException();
    }
    return agent;
  }

  private static Optional<Did> did(Context context) {
    for (String name : context.queryParamMap().keySet()) {
      if (!name.equals("did")) {
        throw Problem.invalidRequest("unknown query parameter: " + name).asException();
      }
    }
    return Optional.ofNullable(context.queryParam("did"))
        .map(text -> Requests.parse("query parameter did", () -> new Did(text)));
  }
}
