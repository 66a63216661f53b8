package org.earnest.bench.credentials;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.earnest.bench.cpu.CpuPlan;
import org.earnest.bench.cpu.CpuRace;
import org.earnest.bench.cpu.CpuTask;
import org.earnest.bench.cpu.Middle;
import org.earnest.bench.cpu.PeerProgram;
import org.earnest.credentials.key.KeyType;

/** Credentials are issued and verified by ours and by its peers, in turns; then a batch. */
public final class CredentialBench {
  private static final int BATCH = 10_000;
  private static final List<String> P384_SUITES = List.of("ecdsa-jcs-2019", "ecdsa-rdfc-2019");

  /** By which a peer issues and verifies too, with the key that each is known for. */
  static final Map<String, KeyType> SUITES = suites();

  private final CpuPlan plan;
  private final OurCredentials ours = new OurCredentials();
  private final CpuRace race;
  private final Consumer<String> say;

  /**
   * A run.
   *
   * @param state a folder for what a run leaves
   * @param peers that are measured too; empty to leave them out
   * @throws org.earnest.kit.process.StartupException {@code peer_missing}
   */
  public CredentialBench(
      CpuPlan plan, Path state, Optional<CredentialPeers> peers, Consumer<String> say) {
    this.plan = plan;
    this.say = say;
    List<CpuTask> tasks = new ArrayList<>();
    SUITES.forEach(
        (suite, key) -> {
          tasks.add(ours.issuing(suite, key));
          tasks.add(ours.verifying(suite, key));
        });
    for (String suite : P384_SUITES) {
      tasks.add(ours.issuing(suite, KeyType.P384));
      tasks.add(ours.verifying(suite, KeyType.P384));
    }
    tasks.addAll(ours.selective());
    tasks.addAll(ours.jwts(KeyType.ED25519));
    tasks.addAll(ours.jwts(KeyType.P256));
    tasks.addAll(ours.sdJwts());
    List<PeerProgram> programs = peers.map(which -> which.install(ours, state)).orElseGet(List::of);
    this.race = new CpuRace(plan, tasks, programs, say);
  }

  private static Map<String, KeyType> suites() {
    Map<String, KeyType> suites = new LinkedHashMap<>();
    suites.put("eddsa-jcs-2022", KeyType.ED25519);
    suites.put("eddsa-rdfc-2022", KeyType.ED25519);
    suites.put("ecdsa-jcs-2019", KeyType.P256);
    suites.put("ecdsa-rdfc-2019", KeyType.P256);
    return suites;
  }

  /** The figures by name; {@code ok} is true, as a wrong answer ends the run. */
  public Map<String, Object> run() {
    Map<String, Object> figures = new LinkedHashMap<>(race.run());
    figures.put("batch", batch());
    return figures;
  }

  /** One thread and two in turns; what counts is the middle of the rounds' quotients. */
  private Map<String, Object> batch() {
    List<byte[]> credentials = ours.issued("eddsa-jcs-2022", KeyType.ED25519, BATCH);
    warmUp(credentials);
    List<Double> quotients = new ArrayList<>();
    List<Double> ceilings = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      double one = ours.batch(credentials, 1) / 1e9;
      double two = ours.batch(credentials, 2) / 1e9;
      quotients.add(one / two);
      seconds.add(two);
      ceilings.add(Arithmetic.quotient());
    }
    double quotient = Middle.of(quotients);
    double ceiling = Middle.of(ceilings);
    double two = Middle.of(seconds);
    say.accept(
        String.format(
            Locale.ROOT,
            "%,d by eddsa-jcs-2022 on two threads: %.2f s, %.2f times as fast as on one"
                + " (arithmetic alone: %.2f times)",
            BATCH,
            two,
            quotient,
            ceiling));
    return Map.of("credentials", BATCH, "seconds", two, "quotient", quotient, "ceiling", ceiling);
  }

  /** Both ways, so that the compiler takes no processor from either that is measured. */
  private void warmUp(List<byte[]> credentials) {
    long end = System.nanoTime() + plan.warmUp().toNanos();
    do {
      ours.batch(credentials, 1);
      ours.batch(credentials, 2);
    } while (System.nanoTime() < end);
  }
}
