package org.earnest.bench.did;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.earnest.bench.cpu.CpuPlan;
import org.earnest.bench.cpu.CpuRace;
import org.earnest.bench.cpu.CpuTask;
import org.earnest.bench.cpu.PeerProgram;
import org.earnest.bench.peer.NpmFolder;

/** Ours and npm's resolvers are asked the same DIDs, in turns. */
public final class DidBench {
  private final CpuRace race;

  /**
   * A run.
   *
   * @param state a folder for what a run leaves
   * @param peers where npm's resolvers are installed; empty to leave them out
   * @throws org.earnest.kit.process.StartupException {@code peer_missing}
   */
  public DidBench(CpuPlan plan, Path state, Optional<Path> peers, Consumer<String> say) {
    DidSample sample = DidSample.make();
    OurResolvers ours = new OurResolvers(sample.documents());
    List<CpuTask> tasks =
        sample.questions().stream()
            .map(each -> new CpuTask(each.name(), each.target(), () -> ours.ask(each)))
            .toList();
    List<PeerProgram> npm = peers.stream().map(folder -> install(folder, state, sample)).toList();
    this.race = new CpuRace(plan, tasks, npm, say);
  }

  private static PeerProgram install(Path folder, Path state, DidSample sample) {
    List<Map<String, Object>> questions =
        sample.questions().stream()
            .map(
                each ->
                    Map.<String, Object>of(
                        "question", each.name(),
                        "remembered", each.remembered(),
                        "dids", each.dids().stream().map(did -> did.value()).toList()))
            .toList();
    NpmFolder.install("npm's DID resolvers", folder, DidBench.class, "measure.mjs");
    return PeerProgram.node(
        folder, state, Map.of("questions", questions, "documents", sample.documents()));
  }

  /** The figures by name; {@code ok} is true, as a wrong answer ends the run. */
  public Map<String, Object> run() {
    return race.run();
  }
}
