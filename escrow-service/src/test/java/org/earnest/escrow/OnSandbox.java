package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.escrow.decide.SampleTerms;
import org.earnest.kit.http.Host;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A service on a sandbox of its own, and for each test a buyer and a seller without ether. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnSandbox {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));

  Sandbox sandbox;
  EscrowService service;
  Host host;
  LocalSigner buyer;
  LocalSigner seller;
  DealClient client;
  private long salt;

  @BeforeAll
  void begin(@TempDir Path folder) throws Exception {
    sandbox = new Sandbox(folder);
    startService();
  }

  @AfterAll
  void end() throws Exception {
    stopService();
    sandbox.close();
  }

  @BeforeEach
  void meet() {
    buyer = sandbox.buyer();
    seller = LocalSigner.random();
    client = new DealClient(host, buyer, seller);
  }

  final void startService() {
    service = sandbox.service(PATIENCE);
    host = Host.builder().mount(service.service()).start();
    client = new DealClient(host, buyer, seller);
  }

  final void stopService() {
    host.close();
    service.close();
  }

  /** Good terms between this test's parties, unlike any before. */
  final SampleTerms terms() {
    return new SampleTerms(buyer.address(), seller.address(), sandbox.token, sandbox.now())
        .salted(++salt);
  }

  static JsonNode leg(JsonNode deal, int leg) {
    return deal.path("legs").get(leg);
  }

  static String text(JsonNode body, String member) {
    return body.path(member).stringValue();
  }

  final void hasNoGas(LocalSigner party) {
    assertThat(sandbox.chain.balance(party.address(), Sandbox.LATEST)).isZero();
  }
}
