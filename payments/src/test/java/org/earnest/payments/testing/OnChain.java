package org.earnest.payments.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.earnest.payments.exact.ExactRequirements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Tests in one {@link World}, each with a buyer and a price of its own. */
public abstract class OnChain {
  /** In atomic units. */
  protected static final long PRICE = 1_000;

  protected static World world;

  protected Buyer buyer;
  protected ExactRequirements offer;

  @BeforeAll
  static void start(@TempDir Path folder, TestInfo test) throws Exception {
    boolean baseSepolia =
        test.getTestClass().orElseThrow().isAnnotationPresent(OnBaseSepolia.class);
    world = baseSepolia ? World.baseSepolia(folder) : World.start(folder);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void newBuyer() {
    buyer = Buyer.funded(world);
    offer = world.price(PRICE);
  }

  /** A fault that a test left behind would strike another test. */
  @AfterEach
  void everyFaultHasStruck() {
    assertThat(world.proxy.faultsLeft()).isZero();
  }

  /** What the buyer has paid so far, in atomic units. */
  protected long spent() {
    return World.PURSE - world.balance(buyer.address());
  }
}
