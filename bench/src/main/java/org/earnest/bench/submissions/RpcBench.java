package org.earnest.bench.submissions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.earnest.bindings.crypto.LocalSigner;

/** What a facilitator asks its node for each payment, good and bad. */
final class RpcBench {
  private static final int EACH = 20;

  private final Buyer buyer;
  private final CountingNode node;
  private final Consumer<String> say;

  RpcBench(Buyer buyer, CountingNode node, Consumer<String> say) {
    this.buyer = buyer;
    this.node = node;
    this.say = say;
  }

  /** By what is wrong with the payments; all contenders use the counting node and nobody else. */
  List<Map<String, Object>> run(List<Facilitated> contenders) {
    say.accept("calls to the node for each payment that is verified, one after the other:");
    List<Map<String, Object>> figures = new ArrayList<>();
    for (Facilitated one : contenders) {
      one.verifies(buyer.payment(LocalSigner.random().address()));
      for (Buyer.Flaw flaw : Buyer.Flaw.values()) {
        figures.add(measured(one, flaw));
      }
    }
    return figures;
  }

  private Map<String, Object> measured(Facilitated one, Buyer.Flaw flaw) {
    List<byte[]> payments = new ArrayList<>();
    for (int number = 0; number < EACH; number++) {
      payments.add(buyer.payment(LocalSigner.random().address(), flaw));
    }
    long before = node.calls();
    long good = payments.stream().filter(one::verifies).count();
    double calls = (double) (node.calls() - before) / EACH;
    String what = flaw == Buyer.Flaw.NONE ? "good" : flaw.toString();
    say.accept(
        "  %-9s %-16s %5.2f calls, %d of %d good".formatted(one.name(), what, calls, good, EACH));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("contender", one.name());
    figures.put("payment", what);
    figures.put("callsEach", calls);
    figures.put("good", good);
    return figures;
  }
}
