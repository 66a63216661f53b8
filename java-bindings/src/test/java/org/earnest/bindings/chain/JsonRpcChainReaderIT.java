package org.earnest.bindings.chain;

import java.math.BigInteger;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.testkit.chain.ChainReaderContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JsonRpcChainReaderIT extends ChainReaderContract {
  private Sandbox sandbox;
  private Sample sample;

  @BeforeAll
  void begin() {
    sandbox = new Sandbox();
    TokenCalls token = new TokenCalls(sandbox.token);
    EvmAddress buyer = sandbox.buyer.address();
    sample =
        new Sample(
            sandbox.send(buyer, token.mint(buyer, BigInteger.TEN)).transaction(),
            buyer,
            sandbox.token,
            // decimals()
            new ChainCall(sandbox.token, "0x313ce567"),
            token.transfer(buyer, BigInteger.ONE));
  }

  @AfterAll
  void end() {
    sandbox.close();
  }

  @Override
  protected ChainReader reader() {
    return sandbox.chain;
  }

  @Override
  protected Sample sample() {
    return sample;
  }
}
