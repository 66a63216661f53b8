package org.earnest.bench.submissions;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.DevAccount;
import org.earnest.devnet.DevAccount.Role;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;
import tools.jackson.databind.JsonNode;

/**
 * The limit of the chain itself: transactions that were signed beforehand are pushed at the node
 * and their receipts asked for, at growing intervals, as asking too often takes the node's time
 * from mining. Nothing is rehearsed, stored or checked.
 */
final class RawPush implements Contender {
  private static final BigInteger GAS = BigInteger.valueOf(100_000);
  private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger MAX_FEE = BigInteger.valueOf(10_000_000_000L);
  private static final Duration FIRST_LOOK = Duration.ofMillis(1);
  private static final Duration LAST_LOOK = Duration.ofMillis(128);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Ground ground;
  private final EvmAddress sender;
  private final Credentials credentials;

  RawPush(Ground ground) {
    this.ground = ground;
    DevAccount account = ground.account(Role.ARBITER);
    this.sender = account.address();
    this.credentials = Credentials.create(account.privateKey());
    ground.fund(sender);
  }

  @Override
  public String name() {
    return "raw push";
  }

  @Override
  public EvmAddress account() {
    return sender;
  }

  @Override
  public Sender ready(int count, EvmAddress to) {
    ChainCall call = ground.transfer(to);
    BigInteger first = ground.reader().transactionCount(sender, BlockTag.Named.PENDING);
    List<String> signed = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      signed.add(signed(call, first.add(BigInteger.valueOf(number))));
    }
    return number -> push(signed.get(number));
  }

  private String signed(ChainCall call, BigInteger nonce) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            ground.chain().chainId().eip155Reference(),
            nonce,
            GAS,
            call.to().hex(),
            BigInteger.ZERO,
            call.data(),
            TIP,
            MAX_FEE);
    return Numeric.toHexString(TransactionEncoder.signMessage(transaction, credentials));
  }

  private boolean push(String raw) {
    JsonNode hash = ground.rpc().require("eth_sendRawTransaction", raw);
    long end = System.nanoTime() + PATIENCE.toNanos();
    long look = FIRST_LOOK.toNanos();
    do {
      LockSupport.parkNanos(look);
      look = Math.min(2 * look, LAST_LOOK.toNanos());
      JsonNode receipt = ground.rpc().require("eth_getTransactionReceipt", hash);
      if (!receipt.isNull()) {
        return receipt.path("status").asString("").equals("0x1");
      }
    } while (System.nanoTime() - end < 0);
    return false;
  }
}
