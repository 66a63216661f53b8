package org.earnest.did.ethr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.call.DidRegistryCalls;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.testkit.did.EthrHistories;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the histories of testkit on anvil, has npm's {@code ethr-did-resolver} read each version,
 * and holds the kept file against that. {@code -Dearnest.vectors=write} writes the file.
 */
class EthrHistoriesIT {
  private static final long START = 1_700_000_000;
  private static final BigInteger LONG = BigInteger.valueOf(1_000_000);
  private static final BigInteger SHORT = BigInteger.TEN;
  private static final Path KEPT =
      Path.of("../testkit/src/main/resources/org/earnest/testkit/did", EthrHistories.FILE);
  private static final String ED25519 = "did/pub/Ed25519/veriKey/hex";
  private static final byte[] ED25519_KEY =
      hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  private static final byte[] ANOTHER_ED25519_KEY =
      hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  private static final byte[] SECP256K1_KEY =
      hex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

  /** Of anvil's first account, which everybody knows the secret of. */
  private static final String PUBLIC_KEY =
      "0x038318535b54105d4a7aae60c08fc45f9687181b4fdfc625bd1a753fa7397fed75";

  private final List<Map<String, Object>> histories = new ArrayList<>();
  private long time = START + 1_000;

  /** A change, by whom, and the seconds that pass before the version is read. */
  private record Step(EvmAddress owner, ChainCall call, long pause) {
    static Step by(EvmAddress owner, ChainCall call) {
      return new Step(owner, call, 1);
    }
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Test
  void theKeptHistoriesAreWhatAChainAndTheMethodsOwnResolverSay() throws Exception {
    NpmEthrResolver npm = NpmEthrResolver.install();
    try (DeployedRegistry registry = DeployedRegistry.start("--timestamp", Long.toString(START))) {
      play(npm, registry);
      Map<String, Object> made = new LinkedHashMap<>();
      made.put("madeWith", "anvil and ethr-did-resolver 11.1.3 by EthrHistoriesIT");
      made.put("chainId", 31_337);
      made.put("registry", registry.address().hex());
      made.put("blocks", blocks(registry));
      made.put("histories", histories);
      JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      if ("write".equals(System.getProperty("earnest.vectors"))) {
        mapper.writeValue(KEPT.toFile(), made);
      }
      assertThat(mapper.readTree(mapper.writeValueAsString(made)).path("histories"))
          .isEqualTo(mapper.readTree(KEPT.toFile()).path("histories"));
    }
  }

  private void play(NpmEthrResolver npm, DeployedRegistry registry) throws Exception {
    List<EvmAddress> who = registry.accounts();
    DidRegistryCalls calls = registry.calls();
    EvmAddress a = who.get(1);
    history(
        npm,
        registry,
        "delegates that run out and are revoked",
        did(a),
        Step.by(a, calls.addDelegate(a, "veriKey", who.get(8), LONG)),
        Step.by(a, calls.addDelegate(a, "sigAuth", who.get(9), SHORT)),
        new Step(a, calls.addDelegate(a, "other", who.get(9), LONG), 20),
        Step.by(a, calls.revokeDelegate(a, "veriKey", who.get(8))));
    EvmAddress b = who.get(2);
    history(
        npm,
        registry,
        "attributes that run out and are revoked",
        did(b),
        Step.by(b, calls.setAttribute(b, ED25519, ED25519_KEY, LONG)),
        Step.by(b, calls.setAttribute(b, "did/pub/Secp256k1/sigAuth/hex", SECP256K1_KEY, LONG)),
        Step.by(
            b, calls.setAttribute(b, "did/svc/Hub", "https://hub.example".getBytes(UTF_8), LONG)),
        Step.by(b, calls.setAttribute(b, ED25519, ANOTHER_ED25519_KEY, SHORT)),
        new Step(b, calls.revokeAttribute(b, ED25519, ED25519_KEY), 20));
    EvmAddress c = who.get(3);
    history(
        npm,
        registry,
        "an owner after another",
        did(c),
        Step.by(c, calls.changeOwner(c, who.get(4))),
        Step.by(who.get(4), calls.addDelegate(c, "veriKey", who.get(8), LONG)),
        Step.by(who.get(4), calls.changeOwner(c, who.get(5))));
    EvmAddress d = who.get(6);
    history(
        npm,
        registry,
        "given up",
        did(d),
        Step.by(d, calls.setAttribute(d, ED25519, ED25519_KEY, LONG)),
        Step.by(d, calls.changeOwner(d, EvmAddress.ZERO)));
    EvmAddress e = who.getFirst();
    history(
        npm,
        registry,
        "by its public key, which an owner's change takes away",
        "did:ethr:0x7a69:" + PUBLIC_KEY,
        Step.by(e, calls.addDelegate(e, "sigAuth", who.get(8), LONG)),
        Step.by(e, calls.changeOwner(e, who.get(7))));
  }

  private static String did(EvmAddress identity) {
    return EthrDidMethod.didOf(new Caip10AccountId(DeployedRegistry.CHAIN, identity)).value();
  }

  /** Each change is followed by an empty block, which is the version that is read. */
  private void history(
      NpmEthrResolver npm, DeployedRegistry registry, String name, String did, Step... steps)
      throws Exception {
    List<Long> versions = new ArrayList<>(List.of(number(registry)));
    for (Step step : steps) {
      registry.rpc().require("evm_setNextBlockTimestamp", time += 3);
      registry.send(step.owner, step.call);
      registry.rpc().require("evm_setNextBlockTimestamp", time += step.pause);
      registry.rpc().require("evm_mine");
      versions.add(number(registry));
    }
    JsonNode answers =
        npm.resolve(
            registry, versions.stream().map(version -> did + "?versionId=" + version).toList());
    List<Map<String, Object>> read = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      Map<String, Object> version = new LinkedHashMap<>();
      version.put("versionId", versions.get(i));
      version.put("didDocument", answers.get(i).path("didDocument"));
      version.put("didDocumentMetadata", answers.get(i).path("didDocumentMetadata"));
      read.add(version);
    }
    Map<String, Object> history = new LinkedHashMap<>();
    history.put("name", name);
    history.put("did", did);
    history.put("versions", read);
    histories.add(history);
  }

  private static long number(DeployedRegistry registry) {
    return Long.decode(registry.rpc().require("eth_blockNumber").stringValue());
  }

  private static List<Map<String, Object>> blocks(DeployedRegistry registry) {
    List<Map<String, Object>> blocks = new ArrayList<>();
    for (long i = 0; i <= number(registry); i++) {
      String number = "0x" + Long.toHexString(i);
      JsonNode block = registry.rpc().require("eth_getBlockByNumber", number, false);
      Map<String, Object> kept = new LinkedHashMap<>();
      kept.put("number", i);
      kept.put("hash", block.path("hash").stringValue());
      kept.put("parentHash", block.path("parentHash").stringValue());
      kept.put("timestamp", Long.decode(block.path("timestamp").stringValue()));
      List<Map<String, Object>> logs = new ArrayList<>();
      Map<String, Object> filter =
          Map.of("fromBlock", number, "toBlock", number, "address", registry.address().hex());
      for (JsonNode log : registry.rpc().require("eth_getLogs", filter)) {
        logs.add(Map.of("topics", log.path("topics"), "data", log.path("data").stringValue()));
      }
      kept.put("logs", logs);
      blocks.add(kept);
    }
    return blocks;
  }
}
