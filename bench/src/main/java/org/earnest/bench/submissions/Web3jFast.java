package org.earnest.bench.submissions;

import java.io.IOException;
import java.math.BigInteger;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.DevAccount;
import org.earnest.devnet.DevAccount.Role;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.exceptions.TransactionException;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.FastRawTransactionManager;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.tx.response.TransactionReceiptProcessor;

/**
 * A peer: web3j's own way to send several transactions at once, which keeps the nonce in memory.
 * Gas and fees are given; nothing is rehearsed and nothing is stored.
 */
final class Web3jFast implements Contender {
  private static final BigInteger GAS = BigInteger.valueOf(100_000);
  private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger MAX_FEE = BigInteger.valueOf(10_000_000_000L);

  /** Web3j's own default is seconds, which no chain here needs. */
  private static final long LOOK_MILLIS = 20;

  private static final int LOOKS = 1_000;

  private final Ground ground;
  private final Web3j web3j;
  private final long chainId;
  private final FastRawTransactionManager transactions;
  private final TransactionReceiptProcessor receipts;

  Web3jFast(Ground ground) {
    this.ground = ground;
    this.web3j = Web3j.build(new HttpService(ground.chain().rpcUrl().toString()));
    this.chainId = ground.chain().chainId().eip155Reference();
    this.receipts = new PollingTransactionReceiptProcessor(web3j, LOOK_MILLIS, LOOKS);
    DevAccount account = ground.account(Role.ISSUER);
    this.transactions =
        new FastRawTransactionManager(
            web3j, Credentials.create(account.privateKey()), chainId, receipts);
    ground.fund(account.address());
  }

  @Override
  public String name() {
    return "web3j";
  }

  @Override
  public EvmAddress account() {
    return ground.account(Role.ISSUER).address();
  }

  @Override
  public Sender ready(int count, EvmAddress to) {
    ChainCall call = ground.transfer(to);
    return number -> send(call);
  }

  private boolean send(ChainCall call) {
    try {
      EthSendTransaction sent =
          transactions.sendEIP1559Transaction(
              chainId, TIP, MAX_FEE, GAS, call.to().hex(), call.data(), BigInteger.ZERO);
      return !sent.hasError()
          && receipts.waitForTransactionReceipt(sent.getTransactionHash()).isStatusOK();
    } catch (IOException | TransactionException failed) {
      return false;
    }
  }

  @Override
  public void close() {
    web3j.shutdown();
  }
}
