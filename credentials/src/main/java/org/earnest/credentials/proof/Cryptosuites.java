package org.earnest.credentials.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.credentials.linked.LinkedData;

/** The cryptosuites that are allowed, by name; no other is looked at. */
public final class Cryptosuites {
  private final Map<String, Cryptosuite> byName;

  private Cryptosuites(List<Cryptosuite> suites) {
    this.byName =
        suites.stream()
            .collect(
                Collectors.toMap(
                    Cryptosuite::name, suite -> suite, (one, other) -> one, LinkedHashMap::new));
  }

  /** Those that need nothing but JSON. */
  public static Cryptosuites jcs() {
    return of(JcsCryptosuite.EDDSA_2022, JcsCryptosuite.ECDSA_2019);
  }

  /** All of them. */
  public static Cryptosuites all(LinkedData linked) {
    return jcs()
        .and(
            RdfcCryptosuite.eddsa2022(linked),
            RdfcCryptosuite.ecdsa2019(linked),
            EcdsaSdCryptosuite.of(linked));
  }

  public static Cryptosuites of(Cryptosuite... suites) {
    return new Cryptosuites(List.of(suites));
  }

  /** These and more. */
  public Cryptosuites and(Cryptosuite... suites) {
    return new Cryptosuites(
        Stream.concat(byName.values().stream(), Stream.of(suites)).distinct().toList());
  }

  public Optional<Cryptosuite> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Set<String> names() {
    return byName.keySet();
  }
}
