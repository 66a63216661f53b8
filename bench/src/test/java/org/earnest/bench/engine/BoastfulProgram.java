package org.earnest.bench.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.json.StrictJson;

/** Says of every request that it is settled, and does nothing. */
public final class BoastfulProgram {
  private BoastfulProgram() {}

  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    Orders orders = StrictJson.read(line.getBytes(StandardCharsets.UTF_8), Orders.class);
    System.out.println(Words.BEGUN);
    System.out.println(Words.RECONCILED);
    Stream.concat(orders.leftovers().stream(), orders.asks().stream())
        .forEach(
            number ->
                System.out.println(
                    Words.SETTLED + " " + number + " " + Hash32.ZERO + " 1 " + Hash32.ZERO));
    System.out.println(Words.DONE);
    while (in.readLine() != null) {
      // as the engine does, until its input ends
    }
  }
}
