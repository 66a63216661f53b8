package org.earnest.credentials.edge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Holder;
import org.earnest.credentials.InMemoryChallenges;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.status.StatusListAnchor;
import org.earnest.credentials.store.StatusListStore;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.idempotency.IdempotencyKeys;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.kit.submission.OperatorToken;

/**
 * What the services of a test class stand on: a database of their own, and the operator's token.
 */
final class ServiceGround implements AutoCloseable {
  private static final CredentialFixture FIXTURE = new CredentialFixture();

  private final Lifecycle lifecycle = new Lifecycle();
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final OperatorToken operator;
  private final IdempotencyKeys keys;
  private final StatusListStore store;

  /** Begins in an empty folder. */
  ServiceGround(Path folder) throws IOException {
    try {
      StateDirectory state = lifecycle.start(() -> StateDirectory.open(folder.resolve("state")));
      Database database = database(state);
      this.operator = OperatorToken.of(state);
      this.keys = IdempotencyKeys.open(database);
      this.store = StatusListStore.open(database);
    } catch (IOException | RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  private Database database(StateDirectory state) throws IOException {
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres postgres = lifecycle.start(() -> EmbeddedPostgres.start(state, binaries));
    return lifecycle.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
  }

  OperatorToken operator() {
    return operator;
  }

  StatusListStore store() {
    return store;
  }

  /** Where {@link #serve} serves. */
  URI address() {
    return address.join();
  }

  /** Lists that are found at the {@link #address}. */
  StatusLists lists(
      List<CredentialIssuer> issuers, Optional<StatusListAnchor> anchor, InstantSource clock) {
    return new StatusLists(store, issuers, address::join, anchor, clock);
  }

  /** The VC API of the fixture's issuer. */
  CredentialsService service() {
    return service(
        List.of(FIXTURE.issuer()),
        FIXTURE.verifierBuilder(FIXTURE.resolver()),
        Optional.empty(),
        CredentialFixture.CLOCK);
  }

  /** The VC API, whose holder is the fixture's issuer. */
  CredentialsService service(
      List<CredentialIssuer> issuers,
      CredentialVerifier.Builder verifier,
      Optional<StatusLists> lists,
      InstantSource clock) {
    Holder holder =
        new Holder(FIXTURE.signer, JcsCryptosuite.EDDSA_2022, AgentContext.known(), clock);
    return service(issuers, holder, verifier, lists, clock);
  }

  CredentialsService service(
      List<CredentialIssuer> issuers,
      Holder holder,
      CredentialVerifier.Builder verifier,
      Optional<StatusLists> lists,
      InstantSource clock) {
    return new CredentialsService(
        issuers, holder, verifier, new InMemoryChallenges(clock), keys, lists);
  }

  /** Serves at the {@link #address}, until the end. */
  Host serve(HttpService... services) {
    Host host = host(services);
    address.complete(host.uri());
    return host;
  }

  /** One more host, until the end. */
  Host host(HttpService... services) {
    return lifecycle.start(
        () -> {
          Host.Builder builder = Host.builder();
          for (HttpService service : services) {
            builder.mount(service);
          }
          return builder.start();
        });
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
