package org.earnest.payments.facilitator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.payments.facilitator.StoppedFacilitator.Step;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.WireJson;

/**
 * Facilitators in a process of their own, each of which stops at another step, so that all can be
 * killed there. Arguments: the node, the database's URL and user, the token, and a folder with a
 * payment and a relayer's key for each, named {@code KIND.STEP}, and operators that are admitted.
 * The database's password is in the environment.
 */
final class FacilitatorProcess {
  private static final String PAYMENT = ".json";
  private static final String KEY = ".key";

  private FacilitatorProcess() {}

  /** Writes down what is to be settled, and by whom. */
  static void write(Path folder, String name, Hash32 key, FacilitatorRequest payment)
      throws IOException {
    Files.writeString(folder.resolve(name + KEY), key.hex());
    Files.write(folder.resolve(name + PAYMENT), WireJson.write(payment));
  }

  /** Settles what was written, each to its step, and kills the process there. */
  static void stopAll(World world, Path folder, Set<String> names, EvmAddress... operators)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                world.node().toString(),
                world.settings.jdbcUrl(),
                world.settings.user(),
                world.usdc.toString(),
                folder.toString()));
    Stream.of(operators).map(EvmAddress::hex).forEach(arguments::add);
    KilledProcess.stopAll(FacilitatorProcess.class, arguments, world.settings.password(), names);
  }

  public static void main(String[] args) throws Exception {
    Database database =
        Database.open(
            new DatabaseSettings(args[1], args[2], KilledProcess.password()),
            new SimpleMeterRegistry());
    FacilitatorPolicy policy =
        FacilitatorPolicy.ofAssets(Caip19AssetId.parse(args[3]))
            .admitting(Stream.of(args).skip(5).map(EvmAddress::new).toArray(EvmAddress[]::new));
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
              step, URI.create(args[0]), database, policy, relayer, () -> KilledProcess.stop(name));
      FacilitatorRequest payment =
          FacilitatorRequest.parse(WireJson.read(Files.readAllBytes(file)));
      KilledProcess.begin(name, () -> facilitator.settle(payment));
    }
  }
}
