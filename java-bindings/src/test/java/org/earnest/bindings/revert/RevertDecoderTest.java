package org.earnest.bindings.revert;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.earnest.core.chain.Hex;
import org.junit.jupiter.api.Test;

final class RevertDecoderTest {
  private static final long SEED = 1838;

  private static String word(long value) {
    return "%064x".formatted(value);
  }

  @Test
  void aCustomErrorComesByNameAndArguments() {
    String selector = selector("WrongState");

    assertThat(RevertDecoder.decode(selector + word(2) + word(3)))
        .hasToString("WrongState(2, 3)")
        .isInstanceOf(RevertReason.Custom.class);
  }

  @Test
  void everyDeclaredErrorIsReadFromItsOwnEncoding() {
    assertThat(CustomErrors.all()).hasSizeGreaterThan(50);
    CustomErrors.all()
        .forEach(
            (selector, error) ->
                assertThat(RevertDecoder.decode(selector + arguments(error.types())))
                    .isInstanceOfSatisfying(
                        RevertReason.Custom.class,
                        custom -> {
                          assertThat(custom.name()).isEqualTo(error.name());
                          assertThat(custom.arguments()).hasSameSizeAs(error.types());
                        }));
  }

  /** Ones; texts are empty, and all at the same place behind the rest. */
  private static String arguments(List<String> types) {
    StringBuilder words = new StringBuilder();
    types.forEach(type -> words.append(type.equals("string") ? word(32L * types.size()) : word(1)));
    return words.append(word(0)).toString();
  }

  @Test
  void noContractIsForgotten() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("../contracts/abi"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".abi"))
                  .map(name -> name.substring(0, name.length() - ".abi".length())))
          .containsExactlyInAnyOrderElementsOf(CustomErrors.CONTRACTS);
    }
  }

  @Test
  void requireAndPanicAreKnown() {
    String text = "08c379a0" + word(32) + word(4) + "6e6f7065" + "0".repeat(56);

    assertThat(RevertDecoder.decode("0x" + text)).isEqualTo(new RevertReason.Message("nope"));
    assertThat(RevertDecoder.decode("0x4e487b71" + word(0x11)))
        .isEqualTo(new RevertReason.Panic(BigInteger.valueOf(0x11)))
        .hasToString("Panic(0x11)");
  }

  @Test
  void nothingAndTheUnknownAreSaidPlainly() {
    assertThat(RevertDecoder.decode("0x")).isEqualTo(new RevertReason.Empty());
    assertThat(RevertDecoder.decode("0x0102")).isEqualTo(new RevertReason.Empty());
    assertThat(RevertDecoder.decode("0xdeadbeef" + word(1)))
        .isEqualTo(new RevertReason.Unrecognised("0xdeadbeef"));
  }

  @Test
  void hostileTextCannotSteerATerminal() {
    String escape =
        Hex.encode("\u001b[2J\nx\u202e".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    int bytes = (escape.length() - 2) / 2;
    String data =
        "0x08c379a0" + word(32) + word(bytes) + escape.substring(2) + "0".repeat(64 - 2 * bytes);

    assertThat(RevertDecoder.decode(data).toString()).isEqualTo("?[2J?x?");
  }

  @Test
  void longTextIsCut() {
    String data = "0x08c379a0" + word(32) + word(32_000) + "61".repeat(32_000);

    assertThat(RevertDecoder.decode(data).toString()).hasSizeLessThan(RevertDecoder.MAX_TEXT + 4);
  }

  @Test
  void noDataMakesItThrow() {
    Random random = new Random(SEED);
    String[] selectors = CustomErrors.all().keySet().stream().sorted().toArray(String[]::new);
    for (int i = 0; i < 5_000; i++) {
      byte[] rest = new byte[random.nextInt(200)];
      random.nextBytes(rest);
      String selector =
          switch (i % 3) {
            case 0 -> "0x08c379a0";
            case 1 -> "0x4e487b71";
            default -> selectors[random.nextInt(selectors.length)];
          };
      String text = RevertDecoder.decode(selector + Hex.encode(rest).substring(2)).toString();
      assertThat(text).as("seed %d, round %d", SEED, i).doesNotContainPattern("\\p{Cntrl}");
    }
  }

  private static String selector(String name) {
    return CustomErrors.all().entrySet().stream()
        .filter(entry -> entry.getValue().name().equals(name))
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
