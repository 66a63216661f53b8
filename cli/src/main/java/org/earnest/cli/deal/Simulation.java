package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.devnet.DevChain;

/**
 * Plays terms through every path, each from the same block: the chain is taken back between them.
 * Accounts with test keys stand for the parties, and test money for the terms' token.
 */
public final class Simulation {
  static final List<DealPath> PATHS =
      Stream.of(WorkPaths.ALL, DisputePaths.ALL, AgreementPaths.ALL).flatMap(List::stream).toList();

  private final Sandbox sandbox;
  private final DealTerms terms;
  private final Consumer<String> progress;
  private final Parties parties;
  private final Eip712Domain token;

  public Simulation(Sandbox sandbox, DealTerms terms, Consumer<String> progress) {
    this.sandbox = sandbox;
    this.terms = terms;
    this.progress = progress;
    this.parties = Parties.of(terms);
    this.token = token(sandbox);
  }

  /**
   * Plays them.
   *
   * @throws org.earnest.kit.process.StartupException {@code terms_refused}, {@code
   *     contract_refused}, {@code transaction_not_mined}
   */
  public Outcome run() {
    progress.accept("paying in money and bonds");
    payIn();
    long opened = sandbox.head() + 1;
    TermsCheck.require(terms, sandbox.contracts().dealEscrow(), opened);
    progress.accept("playing " + PATHS.size() + " paths");
    List<PathResult> results = new ArrayList<>();
    List<Impossible> impossible = new ArrayList<>();
    for (DealPath path : PATHS) {
      Map<Integer, String> unmet = unmet(path, opened);
      if (unmet.size() == terms.legs().size()) {
        impossible.add(new Impossible(path, reasons(unmet)));
      } else {
        results.add(play(path, unmet, opened));
      }
    }
    return new Outcome(terms, opened, parties.all(), results, impossible);
  }

  private void payIn() {
    EvmAddress escrow = sandbox.contracts().dealEscrow();
    Verbs verbs = new Verbs(parties.played(token.verifyingContract()), parties, escrow, token);
    LocalSigner relayer = Parties.testKey("relayer of deposits");
    sandbox.fuel(relayer.address());
    for (Party party : parties.all()) {
      EvmAddress account = party.standIn().address();
      BigInteger bonds = parties.bonds(party);
      sandbox.give(account, party.address().equals(terms.head().client()) ? terms.total() : bonds);
      if (bonds.signum() > 0) {
        sandbox.send(relayer, "deposit of " + party.address(), verbs.deposit(account, bonds));
      }
    }
  }

  private PathResult play(DealPath path, Map<Integer, String> unmet, long opened) {
    Set<Integer> takers = new TreeSet<>();
    for (int leg = 0; leg < terms.legs().size(); leg++) {
      if (!unmet.containsKey(leg)) {
        takers.add(leg);
      }
    }
    DevChain.Snapshot before = sandbox.chain().snapshot();
    PathResult result = new PathRun(sandbox, token, parties, path, takers, opened).run();
    sandbox.chain().revert(before);
    return result;
  }

  /** Why which legs cannot go a path's way. */
  private Map<Integer, String> unmet(DealPath path, long opened) {
    Map<Integer, String> unmet = new LinkedHashMap<>();
    for (int leg = 0; leg < terms.legs().size(); leg++) {
      Optional<String> why = path.need().unmet(terms.head(), terms.legs().get(leg), opened);
      int index = leg;
      why.ifPresent(reason -> unmet.put(index, reason));
    }
    return unmet;
  }

  private static List<String> reasons(Map<Integer, String> unmet) {
    return unmet.values().stream().distinct().toList();
  }

  private static Eip712Domain token(Sandbox sandbox) {
    EvmAddress usdc = sandbox.contracts().usdc();
    TokenReads reads = new TokenReads(sandbox.reader(), usdc);
    return new Eip712Domain(
        reads.name(BlockTag.Named.LATEST).orElseThrow(),
        reads.version(BlockTag.Named.LATEST).orElseThrow(),
        sandbox.chain().chainId(),
        usdc);
  }
}
