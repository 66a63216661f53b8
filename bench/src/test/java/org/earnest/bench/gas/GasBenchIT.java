package org.earnest.bench.gas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.earnest.devnet.AnvilBinary;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is measured on anvil, against what forge measures of the same contracts. */
final class GasBenchIT {
  /** A zero byte of calldata costs 4, any other 16 (EIP-2028). */
  private static final long ZERO_BYTE_SAVES = 12;

  /** Addresses, hashes and signatures are others here, with so many zero bytes more or less. */
  private static final long ZERO_BYTES = 20;

  @TempDir Path folder;

  @Test
  void everyFigureIsThatOfTheContractsTestsExceptForZeroBytes() {
    Map<String, Long> snapshots = snapshots();
    List<String> table = new ArrayList<>();
    try (Lifecycle lifecycle = new Lifecycle()) {
      GasBench bench =
          GasBench.start(
              lifecycle,
              AnvilBinary.find(Path.of("../contracts").toAbsolutePath(), Map.of()),
              folder,
              table::add);
      Map<String, Spent> measured = bench.measure();
      assertThat(measured).containsKeys(snapshots.keySet().toArray(String[]::new));
      assertThat(snapshots)
          .as("what forge measures, whose calldata has no least price")
          .allSatisfy(
              (name, forge) -> {
                Spent here = Objects.requireNonNull(measured.get(name));
                if (here.atFloor()) {
                  assertThat(here.gas()).as(name).isGreaterThanOrEqualTo(forge);
                } else {
                  isTheSameExceptForZeroBytes(name, here.gas() - forge);
                }
              });
      assertThat(measured.values().stream().filter(Spent::atFloor).count())
          .as("most of it is work")
          .isLessThanOrEqualTo(1);
      assertThat(new GasTable(measured).lines()).anyMatch(line -> line.startsWith("deliver "));
    }
  }

  private static void isTheSameExceptForZeroBytes(String name, long difference) {
    assertThat(difference % ZERO_BYTE_SAVES).as("%s differs by %d", name, difference).isZero();
    assertThat(Math.abs(difference) / ZERO_BYTE_SAVES)
        .as("zero bytes in which %s differs", name)
        .isLessThanOrEqualTo(ZERO_BYTES);
  }

  private static Map<String, Long> snapshots() {
    Map<String, Long> snapshots = new LinkedHashMap<>();
    for (String contract :
        List.of(
            "DealEscrow",
            "IdentityRegistry",
            "ReputationRegistry",
            "ValidationRegistry",
            "CredentialAnchor")) {
      JsonNode file =
          JsonMapper.shared()
              .readTree(Path.of("../contracts/snapshots/" + contract + ".json").toFile());
      file.properties()
          .forEach(
              entry -> snapshots.put(entry.getKey(), Long.valueOf(entry.getValue().stringValue())));
    }
    assertThat(snapshots).hasSizeGreaterThan(35);
    return snapshots;
  }
}
