package org.earnest.payments.facilitator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.payments.facilitator.StoppedFacilitator.Step;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.WireJson;

/**
 * Facilitators in a process of their own, each of which stops at another step, so that all can be
 * killed there. Arguments: the node, the database's URL and user, the token, and a folder with a
 * payment and a relayer's key for each, named {@code KIND.STEP}, and an operator that is admitted.
 * The database's password is in the environment.
 */
final class FacilitatorProcess {
  static final String PASSWORD = "DATABASE_PASSWORD";

  static final String PAYMENT = ".json";
  static final String KEY = ".key";

  private FacilitatorProcess() {}

  public static void main(String[] args) throws Exception {
    Database database =
        Database.open(
            new DatabaseSettings(args[1], args[2], System.getenv(PASSWORD)),
            new SimpleMeterRegistry());
    FacilitatorPolicy policy =
        FacilitatorPolicy.ofAssets(Caip19AssetId.parse(args[3])).admitting(new EvmAddress(args[5]));
    List<Path> payments;
    try (Stream<Path> files = Files.list(Path.of(args[4]))) {
      payments = files.filter(file -> file.toString().endsWith(PAYMENT)).toList();
    }
    for (Path file : payments) {
      String name = file.getFileName().toString().replace(PAYMENT, "");
      Step step = Step.valueOf(name.substring(name.indexOf('.') + 1));
      LocalSigner relayer =
          LocalSigner.of(Hex.decode(Files.readString(file.resolveSibling(name + KEY))));
      EvmFacilitator facilitator =
          StoppedFacilitator.at(
              step, URI.create(args[0]), database, policy, relayer, () -> stop(name));
      FacilitatorRequest payment =
          FacilitatorRequest.parse(WireJson.read(Files.readAllBytes(file)));
      Thread.ofPlatform()
          .start(() -> System.out.println(name + " ended: " + facilitator.settle(payment)));
    }
  }

  private static void stop(String name) {
    System.out.println(name);
    System.out.flush();
    while (true) {
      LockSupport.park();
    }
  }
}
