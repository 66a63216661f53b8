package org.earnest.escrow;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.escrow.decide.AllowedToken;
import org.earnest.kit.idempotency.IdempotencyKeys;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.state.StateDirectory;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.testkit.chain.AnvilProcess;

/** An anvil with the house's contracts, and a PostgreSQL. */
final class Sandbox implements AutoCloseable {
  private static final int RECEIPT_TRIES = 2_000;
  private static final Path BINARIES = Path.of("target/postgres-binaries").toAbsolutePath();

  /** Anvil's second published test key. */
  private static final String RELAYER_PRIVATE_KEY =
      "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

  final LocalSigner buyer = LocalSigner.of(AnvilProcess.FIRST_PRIVATE_KEY);
  final AnvilProcess anvil;
  final JsonRpc rpc;
  final ChainReader chain;
  final EvmAddress token;
  final EvmAddress identity;
  final EvmAddress escrow;
  final TransactionSubmitter submitter;
  final Database database;
  private final StateDirectory state;
  private final EmbeddedPostgres postgres;

  Sandbox(Path folder) throws IOException {
    anvil = AnvilProcess.start();
    rpc = HttpJsonRpc.to(anvil.url());
    chain = JsonRpcChainReader.connect(rpc);
    token = deploy(CreationCode.testUsdc());
    identity = deploy(CreationCode.identityRegistry());
    escrow = deploy(CreationCode.dealEscrow(identity));
    state = StateDirectory.open(folder.resolve("state"));
    postgres = EmbeddedPostgres.start(state, Files.createDirectories(BINARIES));
    database = Database.open(postgres.settings(), new SimpleMeterRegistry());
    submitter =
        new JournaledTransactionSubmitter(
            rpc,
            chain,
            LocalSigner.of(RELAYER_PRIVATE_KEY),
            PostgresSubmissionJournal.open(database),
            SubmissionSettings.DEFAULT);
  }

  EscrowService service(Duration patience) {
    return EscrowService.start(
        chain,
        escrow,
        List.of(new AllowedToken(token, "USD Coin", "2")),
        submitter,
        database,
        IdempotencyKeys.open(database),
        patience);
  }

  /** Sends as any account. */
  TransactionReceipt send(EvmAddress from, ChainCall call) {
    rpc.require("anvil_impersonateAccount", from.hex());
    rpc.require("anvil_setBalance", from.hex(), "0x" + BigInteger.TEN.pow(20).toString(16));
    TransactionReceipt receipt =
        send(Map.of("from", from.hex(), "to", call.to().hex(), "data", call.data()));
    if (!receipt.succeeded()) {
      throw new AssertionError("reverted: " + receipt);
    }
    return receipt;
  }

  void warp(long seconds) {
    rpc.require("evm_increaseTime", seconds);
    rpc.require("evm_mine");
  }

  void automine(boolean on) {
    rpc.require("evm_setAutomine", on);
  }

  void mine() {
    rpc.require("evm_mine");
  }

  long now() {
    return chain.block(BlockTag.Named.LATEST).orElseThrow().timestamp();
  }

  private EvmAddress deploy(String code) {
    return send(Map.of("from", buyer.address().hex(), "data", code))
        .contractAddress()
        .orElseThrow();
  }

  private TransactionReceipt send(Map<String, String> transaction) {
    Map<String, String> withGas = new HashMap<>(transaction);
    withGas.put("gas", "0x989680");
    Hash32 hash = new Hash32(rpc.require("eth_sendTransaction", withGas).stringValue());
    Optional<TransactionReceipt> receipt = chain.receipt(hash);
    for (int tries = 0; receipt.isEmpty() && tries < RECEIPT_TRIES; tries++) {
      receipt = chain.receipt(hash);
    }
    return receipt.orElseThrow(() -> new AssertionError("not mined: " + hash));
  }

  @Override
  public void close() throws IOException {
    database.close();
    postgres.close();
    state.close();
    anvil.close();
  }
}
