package org.earnest.bench.submissions;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.Hex;
import org.earnest.kit.http.Host;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.payments.edge.FacilitatorService;
import org.earnest.payments.facilitator.FacilitatorPolicy;

/**
 * Our facilitator as a process of its own, so that its processor time is known. Arguments: the
 * node, the database's URL and user, and the token; key and password are in the environment.
 */
public final class FacilitatorProgram {
  static final String KEY = "FACILITATOR_KEY";
  static final String PASSWORD = "DATABASE_PASSWORD";

  private FacilitatorProgram() {}

  public static void main(String[] args) throws Exception {
    JsonRpc rpc = HttpJsonRpc.to(URI.create(args[0]));
    ChainReader reader = JsonRpcChainReader.connect(rpc);
    Database database =
        Database.open(
            new DatabaseSettings(args[1], args[2], System.getenv(PASSWORD)),
            new SimpleMeterRegistry());
    JournaledTransactionSubmitter submitter =
        new JournaledTransactionSubmitter(
            rpc,
            reader,
            LocalSigner.of(Hex.decode(System.getenv(KEY))),
            PostgresSubmissionJournal.open(database),
            SubmissionSettings.DEFAULT);
    FacilitatorService service =
        FacilitatorService.open(
            database,
            reader,
            submitter,
            FacilitatorPolicy.ofAssets(Caip19AssetId.parse(args[3])),
            SubmissionSettings.DEFAULT.finality(),
            InstantSource.system());
    Host host = Host.builder().address("127.0.0.1").port(0).mount(service).start();
    System.out.println("listening on " + host.uri().getPort());
    while (host.uri().getPort() > 0) {
      LockSupport.park();
    }
  }

  /** The command line of one. */
  static List<String> command(URI node, DatabaseSettings database, Caip19AssetId token) {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        FacilitatorProgram.class.getName(),
        node.toString(),
        database.jdbcUrl(),
        database.user(),
        token.toString());
  }
}
