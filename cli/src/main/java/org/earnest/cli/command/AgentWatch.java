package org.earnest.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.earnest.cli.client.HouseStream;
import org.earnest.cli.client.Told;
import org.earnest.kit.process.StartupException;
import tools.jackson.databind.JsonNode;

/**
 * Listens to the stream of changes, and looks at each agent that it names: several changes that
 * came together are one look. After a break it goes on behind the last event.
 */
final class AgentWatch implements AutoCloseable {
  private static final Duration FIRST_EVENT = Duration.ofMinutes(1);
  private static final String ACTIVE = "/agents?sort=active&limit=100";

  private final AgentSource source;
  private final Optional<String> one;
  private final Consumer<AgentChanges.Change> listener;
  private final AgentChanges changes = new AgentChanges();

  /** Agents to look at, by the last block in which something changed of them. */
  private final Map<String, Long> due = new LinkedHashMap<>();

  private Optional<HouseStream> stream = Optional.empty();
  private Optional<String> last = Optional.empty();
  private boolean lookAtAll;

  /**
   * Watches one agent, or all.
   *
   * @param one as a path names it
   */
  AgentWatch(AgentSource source, Optional<String> one, Consumer<AgentChanges.Change> listener) {
    this.source = source;
    this.one = one;
    this.listener = listener;
  }

  /**
   * Connects and takes the first look, which changes nothing.
   *
   * @throws StartupException with the house's refusal, or {@code house_unreachable}
   */
  void begin() throws InterruptedException {
    // Heard from before anybody looks, so that nothing lies between.
    take(connect().next(FIRST_EVENT).orElseGet(Told.Away::new));
    List<JsonNode> agents = new ArrayList<>();
    long block = looked(agents);
    changes.begin(block, agents);
  }

  /**
   * Waits for what comes next and tells what it changed.
   *
   * @return whether something came
   * @throws StartupException where the stream broke off; the next call connects again
   */
  boolean step(Duration patience) throws InterruptedException {
    HouseStream listening = stream.isPresent() ? stream.get() : connect();
    Optional<Told> told = listening.next(patience);
    boolean heard = told.isPresent();
    while (told.isPresent()) {
      take(told.get());
      told = listening.next(Duration.ZERO);
    }
    look();
    return heard;
  }

  private HouseStream connect() {
    HouseStream opened = source.stream("/stream" + one.map(id -> "?agent=" + id).orElse(""), last);
    stream = Optional.of(opened);
    return opened;
  }

  private void take(Told told) {
    switch (told) {
      case Told.Event event -> take(event);
      case Told.Refused refused -> {
        close();
        throw source.refusal(refused);
      }
      case Told.Away away -> {
        close();
        throw source.house.unreachable();
      }
    }
  }

  private void take(Told.Event event) {
    JsonNode data = event.data();
    switch (event.type()) {
      case "reorg" -> reorganised(data.path("to").path("blockNumber").asLong(0));
      case "agent", "feedback", "deal" -> due.merge(AgentChanges.id(data), block(data), Math::max);
      default -> {}
    }
    if (!event.id().isEmpty()) {
      last = Optional.of(event.id());
    }
  }

  private void reorganised(long block) {
    listener.accept(changes.reorganised(block));
    lookAtAll = one.isEmpty();
    (lookAtAll ? changes.toldAbove(block) : changes.all())
        .forEach(agent -> due.merge(agent, block, Math::max));
  }

  /** What could not be looked at now is looked at the next time. */
  private void look() {
    if (lookAtAll) {
      List<JsonNode> agents = new ArrayList<>();
      long block = looked(agents);
      agents.forEach(agent -> tell(changes.seen(block, agent, 0)));
    }
    lookAtAll = false;
    while (!due.isEmpty()) {
      Map.Entry<String, Long> next = due.entrySet().iterator().next();
      look(next.getKey(), next.getValue());
      due.remove(next.getKey());
    }
  }

  private void look(String agent, long told) {
    JsonNode answer;
    try {
      answer = source.get("/agents/" + agent, "agent");
    } catch (StartupException unknown) {
      if (!unknown.code().equals("agent_unknown")) {
        throw unknown;
      }
      tell(changes.gone(told, agent));
      return;
    }
    tell(changes.seen(block(answer), answer.path("agent"), told));
  }

  /** Of one agent its own, else of those that were active last. */
  private long looked(List<JsonNode> agents) {
    JsonNode answer =
        one.map(id -> source.get("/agents/" + id, "agent"))
            .orElseGet(() -> source.get(ACTIVE, "agents"));
    if (one.isPresent()) {
      agents.add(answer.path("agent"));
    } else {
      answer.path("agents").forEach(agents::add);
    }
    return block(answer);
  }

  private static long block(JsonNode answer) {
    return answer.path("at").path("blockNumber").asLong(0);
  }

  private void tell(Optional<AgentChanges.Change> change) {
    change.ifPresent(listener);
  }

  @Override
  public void close() {
    stream.ifPresent(HouseStream::close);
    stream = Optional.empty();
  }
}
