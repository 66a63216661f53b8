package org.earnest.payments.facilitator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Hex;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.payments.facilitator.StoppedFacilitator.Step;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.WireJson;

/**
 * Facilitators in a process of their own, each of which stops at another step, so that all can be
 * killed there. Arguments: the node, the database's URL and user, the token, and a folder with a
 * payment and a relayer's key for each step. The database's password is in the environment.
 */
final class FacilitatorProcess {
  static final String PASSWORD = "DATABASE_PASSWORD";

  private FacilitatorProcess() {}

  public static void main(String[] args) throws Exception {
    Database database =
        Database.open(
            new DatabaseSettings(args[1], args[2], System.getenv(PASSWORD)),
            new SimpleMeterRegistry());
    Path folder = Path.of(args[4]);
    for (Step step : Step.values()) {
      if (step != Step.NEVER) {
        LocalSigner relayer =
            LocalSigner.of(Hex.decode(Files.readString(folder.resolve(step + ".key"))));
        EvmFacilitator facilitator =
            StoppedFacilitator.at(
                step,
                URI.create(args[0]),
                database,
                Caip19AssetId.parse(args[3]),
                relayer,
                () -> stop(step));
        FacilitatorRequest payment =
            FacilitatorRequest.parse(
                WireJson.read(Files.readAllBytes(folder.resolve(step + ".json"))));
        Thread.ofPlatform()
            .start(() -> System.out.println(step + " ended: " + facilitator.settle(payment)));
      }
    }
  }

  private static void stop(Step step) {
    System.out.println(step);
    System.out.flush();
    while (true) {
      LockSupport.park();
    }
  }
}
