package org.earnest.did.ethr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Random histories on the registry, each version read by us and by npm's {@code ethr-did-resolver}:
 * the same keys under the same names for the same purposes. Each change is followed by an empty
 * block, and versions are read there: in the very second of its revocation the package still lists
 * a delegate.
 */
class EthrDifferentialIT {
  private static final long SEED = 20261121;
  private static final int CHANGES = 40;
  private static final long START = 1_700_000_000;
  private static final long FIRST_CHANGE = START + 1_000;
  private static final BigInteger LONG = BigInteger.valueOf(1_000_000);
  private static final BigInteger SHORT = BigInteger.TEN;

  private final Random random = new Random(SEED);

  @Test
  void everyVersionIsReadAlike() throws Exception {
    NpmEthrResolver npm = NpmEthrResolver.install();
    try (DeployedRegistry registry = DeployedRegistry.start("--timestamp", Long.toString(START))) {
      EvmAddress identity = registry.accounts().getFirst();
      EvmAddress owner = identity;
      List<Long> versions = new ArrayList<>();
      // Changes come at even seconds and versions are read at odd ones.
      long time = FIRST_CHANGE - 1;
      for (int i = 0; i < CHANGES; i++) {
        EvmAddress next = registry.accounts().get(random.nextInt(3));
        boolean passes = random.nextInt(8) == 0;
        ChainCall call =
            passes ? registry.calls().changeOwner(identity, next) : change(registry, identity);
        time += 1 + 2 * random.nextInt(4);
        registry.rpc().require("evm_setNextBlockTimestamp", time);
        registry.send(owner, call);
        owner = passes ? next : owner;
        registry.rpc().require("evm_setNextBlockTimestamp", ++time);
        registry.rpc().require("evm_mine");
        versions.add(head(registry));
      }
      registry.send(owner, registry.calls().changeOwner(identity, EvmAddress.ZERO));
      versions.add(head(registry));
      compare(npm, registry, identity, versions);
    }
  }

  private static long head(DeployedRegistry registry) {
    return new EthrRegistryReader(registry.network().registry().orElseThrow())
        .head()
        .ref()
        .number();
  }

  private ChainCall change(DeployedRegistry registry, EvmAddress identity) {
    BigInteger validity = random.nextInt(3) == 0 ? SHORT : LONG;
    EvmAddress delegate = registry.accounts().get(5 + random.nextInt(2));
    String delegateType = List.of("veriKey", "sigAuth", "other").get(random.nextInt(3));
    // Its keys for agreement stay listed by the package when they are revoked: not compared.
    String name =
        List.of("did/pub/Ed25519/veriKey/hex", "did/pub/Secp256k1/sigAuth/hex", "did/svc/Hub")
            .get(random.nextInt(3));
    byte[] value = value(name, random.nextInt(2));
    return switch (random.nextInt(4)) {
      case 0 -> registry.calls().addDelegate(identity, delegateType, delegate, validity);
      case 1 -> registry.calls().revokeDelegate(identity, delegateType, delegate);
      case 2 -> registry.calls().revokeAttribute(identity, name, value);
      default -> registry.calls().setAttribute(identity, name, value, validity);
    };
  }

  private static byte[] value(String name, int which) {
    if (name.contains("svc")) {
      return ("https://hub.example/" + which).getBytes(UTF_8);
    }
    String key =
        name.contains("Ed25519")
            ? List.of(
                    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
                .get(which)
            : List.of(
                    "038318535b54105d4a7aae60c08fc45f9687181b4fdfc625bd1a753fa7397fed75",
                    "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
                .get(which);
    return HexFormat.of().parseHex(key);
  }

  private static void compare(
      NpmEthrResolver npm, DeployedRegistry registry, EvmAddress identity, List<Long> versions)
      throws Exception {
    Did did = EthrDidMethod.didOf(new Caip10AccountId(DeployedRegistry.CHAIN, identity));
    JsonNode theirs =
        npm.resolve(
            registry, versions.stream().map(version -> did + "?versionId=" + version).toList());
    EthrDidMethod method = new EthrDidMethod(List.of(registry.network()));
    for (int i = 0; i < versions.size(); i++) {
      DidResolution ours =
          method.resolve(
              did, ResolutionOptions.of(new DidVersion.Id(Long.toString(versions.get(i)))));
      assertThat(ours).isInstanceOf(DidResolution.Resolved.class);
      DidResolution.Resolved resolved = (DidResolution.Resolved) ours;
      assertThat(DocumentSummary.of(resolved.document()))
          .as("seed %d, version %d", SEED, versions.get(i))
          .isEqualTo(DocumentSummary.of(theirs.get(i).path("didDocument")));
      JsonNode metadata = theirs.get(i).path("didDocumentMetadata");
      assertThat(resolved.metadata().versionId().orElse(""))
          .isEqualTo(metadata.path("versionId").asString(""));
      assertThat(resolved.metadata().nextVersionId().orElse(""))
          .isEqualTo(metadata.path("nextVersionId").asString(""));
      assertThat(resolved.metadata().deactivated())
          .isEqualTo(metadata.path("deactivated").asBoolean(false));
    }
  }
}
