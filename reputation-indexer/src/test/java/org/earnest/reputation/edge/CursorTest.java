package org.earnest.reputation.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.http.ProblemException;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final long SEED = 8004;
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final String HERE = "agents here";
  private static final Cursor CURSOR = cursor(CHAIN, "12", "-3.25");

  @Test
  void readsWhatItWrote() {
    assertThat(Cursor.read(CURSOR.write(HERE), CHAIN, HERE, 2)).isEqualTo(CURSOR);
  }

  @Test
  void refusesACursorOfAnotherListing() {
    refused(CURSOR.write("agents there"), 2);
    refused(CURSOR.write(HERE), 1);
    refused(cursor(CHAIN, "1", "x").write(HERE), 2);
  }

  @Test
  void tellsACursorOfAnotherChain() {
    String foreign = cursor(Caip2ChainId.eip155(1), "12", "1").write(HERE);
    assertThat(code(foreign, 2)).isEqualTo("cursor_of_another_chain");
  }

  @Test
  void refusesWhatIsNoCursor() {
    for (String wrong : List.of("", "!", "AA", "A".repeat(2_000), encoded("x|1|2|3"))) {
      refused(wrong, 2);
    }
    refused(encoded(decoded().replace("|12|", "|13|")), 2);
    refused(encoded(decoded().replace("|77|", "|78|")), 2);
    refused(encoded(decoded() + "|1"), 2);
  }

  @Test
  void refusesEveryCursorWithAByteChanged() {
    Random random = new Random(SEED);
    byte[] body = decoded().getBytes(StandardCharsets.UTF_8);
    for (int place = 0; place < body.length; place++) {
      byte[] changed = body.clone();
      changed[place] ^= (byte) (1 + random.nextInt(127));
      String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(code(cursor, 2))
          .as("seed %d, byte %d", SEED, place)
          .isIn("invalid_cursor", "cursor_of_another_chain");
    }
  }

  private static Cursor cursor(Caip2ChainId chain, String... position) {
    return new Cursor(
        new BlockRef(chain, 77, new Hash32("0x" + "ab".repeat(32))), List.of(position));
  }

  private static String decoded() {
    return new String(Base64.getUrlDecoder().decode(CURSOR.write(HERE)), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String cursor, int members) {
    assertThat(code(cursor, members)).as(cursor).isEqualTo("invalid_cursor");
  }

  private static String code(String cursor, int members) {
    String[] code = new String[1];
    assertThatThrownBy(() -> Cursor.read(cursor, CHAIN, HERE, members))
        .isInstanceOfSatisfying(
            ProblemException.class, refused -> code[0] = refused.problem().code());
    return code[0];
  }
}
