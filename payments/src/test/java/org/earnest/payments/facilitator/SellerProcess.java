package org.earnest.payments.facilitator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;

/**
 * Sellers in a process of their own, which look after their channels, and each of which stops at
 * another step. Arguments: the facilitator, the database's URL and user, and a folder with a
 * seller's key for each step.
 */
final class SellerProcess {
  /** Where one can stop. */
  enum Step {
    /** The claims are signed; the facilitator was not asked. */
    CLAIMING,
    /** They are mined; the books do not say so. */
    CLAIMED,
    /** The books say so; nobody was asked to pay it out. */
    PAYING,
    /** It is paid out; nobody was told. */
    PAID
  }

  private SellerProcess() {}

  /** Lets each seller get as far as its step, and kills them there. */
  static void stopAll(World world, Path folder) throws Exception {
    KilledProcess.stopAll(
        SellerProcess.class,
        List.of(
            world.facilitatorUri().toString(),
            world.settings.jdbcUrl(),
            world.settings.user(),
            folder.toString()),
        world.settings.password(),
        Arrays.stream(Step.values()).map(Step::name).collect(Collectors.toSet()));
  }

  /** Writes down whose channels are looked after. */
  static void write(Path folder, Step step, Hash32 key) throws IOException {
    Files.writeString(folder.resolve(step.name()), key.hex());
  }

  public static void main(String[] args) throws Exception {
    Database database =
        Database.open(
            new DatabaseSettings(args[1], args[2], KilledProcess.password()),
            new SimpleMeterRegistry());
    Facilitator facilitator =
        new HttpFacilitator(URI.create(args[0]), HttpClient.newHttpClient(), World.ANSWER_PATIENCE);
    for (Step step : Step.values()) {
      LocalSigner key = LocalSigner.of(Hex.decode(Files.readString(Path.of(args[3], step.name()))));
      // It looks around by itself until the process ends.
      var unused =
          ChannelSeller.watch(
              new Stopping(facilitator, step),
              new OneSellersBooks(new PostgresChannelLedger(database), key.address()),
              key);
    }
    KilledProcess.stop("main");
  }

  private record Stopping(Facilitator facilitator, Step step) implements Facilitator {
    @Override
    public VerifyResponse verify(FacilitatorRequest request) {
      return facilitator.verify(request);
    }

    @Override
    public SettleResponse settle(FacilitatorRequest request, Duration patience) {
      boolean claims =
          ChannelPayload.parse(request.payment().payload()) instanceof ChannelPayload.Claim;
      stopAt(claims ? Step.CLAIMING : Step.PAYING);
      SettleResponse made = facilitator.settle(request, patience);
      stopAt(claims ? Step.CLAIMED : Step.PAID);
      return made;
    }

    private void stopAt(Step here) {
      if (step == here) {
        KilledProcess.stop(step.name());
      }
    }

    @Override
    public SupportedResponse supported() {
      return facilitator.supported();
    }
  }
}
