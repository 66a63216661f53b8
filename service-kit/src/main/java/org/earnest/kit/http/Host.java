package org.earnest.kit.http;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.earnest.kit.process.StartupException;

/**
 * The HTTP server that services mount themselves on. One process may host one service or all of
 * them; a service cannot tell. Every request has a virtual thread, a trace id, a bound on its body
 * and on its time; every error is a {@link Problem}.
 */
public final class Host implements AutoCloseable {
  public static final String DEFAULT_ADDRESS = "127.0.0.1";
  public static final long MAX_BODY_BYTES = 1024L * 1024;
  public static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(30);

  /** Of streams of events at once; each holds a connection and reads for itself. */
  public static final int MAX_LISTENERS = 64;

  private final Javalin server;
  private final TimeBound timeBound;
  private final Listeners listeners;
  private final String address;

  private Host(Javalin server, TimeBound timeBound, Listeners listeners, String address) {
    this.server = server;
    this.timeBound = timeBound;
    this.listeners = listeners;
    this.address = address;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The port that it really listens on. */
  public int port() {
    return server.port();
  }

  /** Where it is reached, without a trailing slash. */
  public URI uri() {
    return URI.create("http://" + address + ":" + port());
  }

  /** Stops listening, lets running requests end for a moment, then stops them. */
  @Override
  public void close() {
    listeners.close();
    server.stop();
    timeBound.close();
  }

  /** Collects what the server is made of; routes are fixed once it listens. */
  public static final class Builder {
    private final List<HttpService> services = new ArrayList<>();
    private final Map<String, Readiness.Probe> probes = new LinkedHashMap<>();
    private final Map<String, Supplier<?>> progress = new LinkedHashMap<>();
    private final Set<Origin> origins = new HashSet<>();
    private PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private String address = DEFAULT_ADDRESS;
    private Duration requestTime = MAX_REQUEST_TIME;
    private int mostListeners = MAX_LISTENERS;
    private Duration patience = EventSink.PATIENCE;
    private int port;

    private Builder() {}

    /** The address to bind; {@value Host#DEFAULT_ADDRESS} unless said otherwise. */
    public Builder address(String bind) {
      this.address = bind;
      return this;
    }

    /** The port to bind; 0, the default, takes any free one. */
    public Builder port(int bind) {
      this.port = bind;
      return this;
    }

    /**
     * Another origin: its host is served like {@code localhost} and the bound address, and its
     * pages may change things. For a proxy, a forwarded name or a page that is developed elsewhere.
     */
    public Builder allowOrigin(Origin origin) {
      origins.add(origin);
      return this;
    }

    /** How long a request may take; {@link Host#MAX_REQUEST_TIME} unless a shorter one is said. */
    public Builder requestTime(Duration bound) {
      if (bound.compareTo(MAX_REQUEST_TIME) > 0) {
        throw new IllegalArgumentException("a request takes " + MAX_REQUEST_TIME + " at most");
      }
      this.requestTime = bound;
      return this;
    }

    /** Fewer listeners, and less patience with each. */
    Builder listeners(int most, Duration eachEvent) {
      this.mostListeners = most;
      this.patience = eachEvent;
      return this;
    }

    /** The registry behind {@code /metrics}, where others count in it too. */
    public Builder metrics(PrometheusMeterRegistry registry) {
      this.metrics = registry;
      return this;
    }

    /**
     * Adds a service.
     *
     * @throws IllegalArgumentException when one of that name is mounted already
     */
    public Builder mount(HttpService service) {
      if (services.stream().anyMatch(other -> other.name().equals(service.name()))) {
        throw new IllegalArgumentException(service.name() + " is mounted twice");
      }
      services.add(service);
      return this;
    }

    /** Something that no service owns but {@code /ready} must know, such as the chain. */
    public Builder probe(String name, Readiness.Probe probe) {
      probes.put(name, probe);
      return this;
    }

    /**
     * What {@code /status} tells of somebody's progress.
     *
     * @param name a service's
     * @param figures a record of them, at once
     */
    public Builder progress(String name, Supplier<?> figures) {
      progress.put(name, figures);
      return this;
    }

    /** Makes {@code /ready} ask the database too. */
    public Builder database(Database database) {
      return probe(
          "database",
          () -> {
            try {
              database.ping();
              return Readiness.ready();
            } catch (DatabaseUnavailableException unavailable) {
              return Readiness.notReady(unavailable.detail());
            }
          });
    }

    /**
     * Starts it. Use inside {@link org.earnest.kit.process.Lifecycle#start}.
     *
     * @throws PortInUseException when the port is taken
     * @throws StartupException {@code address_not_usable} when it cannot bind for another reason
     */
    public Host start() {
      List<HttpService> all = new ArrayList<>(services);
      HostMetrics hostMetrics = new HostMetrics(metrics);
      all.add(
          new HostEndpoints(
              List.copyOf(services), Map.copyOf(probes), Map.copyOf(progress), metrics));
      TimeBound timeBound = new TimeBound(requestTime);
      Listeners listeners = new Listeners(mostListeners, patience);
      try {
        Javalin server =
            HostServer.create(all, new OriginGuard(origins), timeBound, listeners, hostMetrics);
        return new Host(listen(server), timeBound, listeners, address);
      } catch (RuntimeException failed) {
        timeBound.close();
        throw failed;
      }
    }

    private Javalin listen(Javalin server) {
      try {
        return HostServer.hurried(server.start(address, port));
      } catch (JavalinBindException taken) {
        server.stop();
        if (String.valueOf(taken.getCause()).contains("Address already in use")
            || String.valueOf(taken.getMessage()).contains("already in use")) {
          throw new PortInUseException(address, port, taken);
        }
        throw new StartupException(
            "address_not_usable",
            "cannot listen on %s port %d: %s".formatted(address, port, taken.getMessage()),
            "Choose another address or port.",
            taken);
      }
    }
  }
}
