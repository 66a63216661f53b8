package org.earnest.cli.deal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;

/**
 * What each party of a deal is called: all its roles, with the legs' numbers where they are
 * several.
 */
final class PartyNames {
  private final DealTerms terms;
  private final Map<EvmAddress, List<String>> roles = new LinkedHashMap<>();

  private PartyNames(DealTerms terms) {
    this.terms = terms;
    add(terms.head().client(), "client");
    add("payee", Leg::payee);
    add("standby", Leg::standby);
    add(terms.head().arbiter(), "arbiter");
    add(terms.head().feeReceiver(), "fee receiver");
  }

  /** In the order of the roles; whom the terms leave out is not there. */
  static Map<EvmAddress, String> of(DealTerms terms) {
    Map<EvmAddress, String> names = new LinkedHashMap<>();
    new PartyNames(terms).roles.forEach((who, all) -> names.put(who, String.join(" + ", all)));
    return names;
  }

  private void add(EvmAddress who, String role) {
    if (!who.isZero()) {
      roles.computeIfAbsent(who, added -> new ArrayList<>()).add(role);
    }
  }

  private void add(String role, Function<Leg, EvmAddress> member) {
    Map<EvmAddress, List<Integer>> legs = new LinkedHashMap<>();
    for (int i = 0; i < terms.legs().size(); i++) {
      legs.computeIfAbsent(member.apply(terms.legs().get(i)), added -> new ArrayList<>()).add(i);
    }
    legs.forEach((who, numbers) -> add(who, role + numbered(numbers)));
  }

  private String numbered(List<Integer> legs) {
    return terms.legs().size() == 1
        ? ""
        : legs.stream().map(String::valueOf).collect(Collectors.joining(",", " ", ""));
  }
}
