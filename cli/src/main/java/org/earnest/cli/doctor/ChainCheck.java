package org.earnest.cli.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.state.TemporaryState;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.RpcUrlChain;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;

/**
 * Does a chain answer? An anvil is started in a folder of its own and stopped again.
 *
 * @param given nodes of one chain by URL; none for an anvil
 * @param scratch where anvil may be tried
 * @param anvil finds the program
 */
public record ChainCheck(Supplier<List<URI>> given, Path scratch, Supplier<Path> anvil)
    implements Check {
  private static final String NAME = "chain";

  @Override
  public Finding run() {
    try (Lifecycle lifecycle = new Lifecycle()) {
      List<URI> urls = given.get();
      DevChain chain =
          !urls.isEmpty()
              ? lifecycle.start(() -> RpcUrlChain.connectDevelopment(urls))
              : anvil(lifecycle);
      JsonRpcChainReader reader = JsonRpcChainReader.connect(chain.rpc(), chain.chainId());
      long head = reader.block(BlockTag.Named.LATEST).map(ChainCheck::number).orElseThrow();
      String which = !urls.isEmpty() ? "the chain at --rpc-url" : "a throw-away anvil";
      return Finding.ok(NAME, which + " answers: " + chain.chainId() + ", block " + head);
    } catch (StartupException refused) {
      return Finding.fail(NAME, String.valueOf(refused.getMessage()), refused.remedy());
    } catch (ChainUnavailableException silent) {
      return Finding.fail(
          NAME, String.valueOf(silent.getMessage()), "look into the node's log, and start it anew");
    }
  }

  private DevChain anvil(Lifecycle lifecycle) {
    Path program = anvil.get();
    TemporaryState state = lifecycle.start(() -> TemporaryState.open(scratch));
    Path folder = state.directory().resolve("chain");
    return lifecycle.start(() -> AnvilChain.start(AnvilSettings.ephemeral(program, folder)));
  }

  private static long number(BlockHeader header) {
    return header.ref().number();
  }
}
