package org.earnest.did.ethr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.key.PublicKeyMultibase;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random histories on the registry, each version read by us and by npm's {@code ethr-did-resolver}:
 * the same keys under the same names for the same purposes. Keys are compared as bytes, because
 * that package spells them in an older way. Each change is followed by an empty block, and versions
 * are read there: in the very second of its revocation the package still lists a delegate.
 */
class EthrDifferentialIT {
  private static final long SEED = 20261121;
  private static final int CHANGES = 40;
  private static final long START = 1_700_000_000;
  private static final long FIRST_CHANGE = START + 1_000;
  private static final BigInteger LONG = BigInteger.valueOf(1_000_000);
  private static final BigInteger SHORT = BigInteger.TEN;
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "resolve.mjs");
  private static final long PATIENCE_SECONDS = 120;

  private final Random random = new Random(SEED);

  @Test
  void everyVersionIsReadAlike() throws Exception {
    Path folder = install();
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
      compare(folder, registry, identity, versions);
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
      Path folder, DeployedRegistry registry, EvmAddress identity, List<Long> versions)
      throws Exception {
    Did did = EthrDidMethod.didOf(new Caip10AccountId(DeployedRegistry.CHAIN, identity));
    List<String> command =
        new ArrayList<>(
            List.of("node", "resolve.mjs", registry.url().toString(), registry.address().hex()));
    versions.forEach(version -> command.add(did + "?versionId=" + version));
    JsonNode theirs = JsonMapper.shared().readTree(run(folder, command));
    EthrDidMethod method = new EthrDidMethod(List.of(registry.network()));
    for (int i = 0; i < versions.size(); i++) {
      DidResolution ours =
          method.resolve(
              did, ResolutionOptions.of(new DidVersion.Id(Long.toString(versions.get(i)))));
      assertThat(ours).isInstanceOf(DidResolution.Resolved.class);
      DidResolution.Resolved resolved = (DidResolution.Resolved) ours;
      assertThat(summary(resolved.document()))
          .as("seed %d, version %d", SEED, versions.get(i))
          .isEqualTo(summary(theirs.get(i).path("didDocument")));
      JsonNode metadata = theirs.get(i).path("didDocumentMetadata");
      assertThat(resolved.metadata().versionId().orElse(""))
          .isEqualTo(metadata.path("versionId").asString(""));
      assertThat(resolved.metadata().nextVersionId().orElse(""))
          .isEqualTo(metadata.path("nextVersionId").asString(""));
      assertThat(resolved.metadata().deactivated())
          .isEqualTo(metadata.path("deactivated").asBoolean(false));
    }
  }

  private static Map<String, String> summary(DidDocument document) {
    Map<String, String> summary = new TreeMap<>();
    for (VerificationMethod method : document.verificationMethods()) {
      summary.put(
          method.id().fragment().orElseThrow(),
          switch (method) {
            case VerificationMethod.Multikey key ->
                HexFormat.of().formatHex(PublicKeyMultibase.parse(key.publicKeyMultibase()).key());
            case VerificationMethod.BlockchainAccount account -> account.account().toString();
            case VerificationMethod.Other other -> other.type();
          });
    }
    for (VerificationRelationship purpose : VerificationRelationship.values()) {
      TreeSet<String> ids =
          document.relationships().getOrDefault(purpose, Set.of()).stream()
              .map(id -> id.fragment().orElseThrow())
              .collect(Collectors.toCollection(TreeSet::new));
      if (!ids.isEmpty()) {
        summary.put(purpose.property(), ids.toString());
      }
    }
    document
        .services()
        .forEach(
            service -> summary.put(service.id(), service.type() + " " + service.serviceEndpoint()));
    return summary;
  }

  private static Map<String, String> summary(JsonNode document) {
    Map<String, String> summary = new TreeMap<>();
    for (JsonNode method : document.path("verificationMethod")) {
      String key =
          method.has("blockchainAccountId")
              ? method.path("blockchainAccountId").stringValue().toLowerCase(Locale.ROOT)
              : method.path("publicKeyHex").asString("").toLowerCase(Locale.ROOT);
      summary.put(fragment(method.path("id").stringValue()), key);
    }
    for (VerificationRelationship purpose : VerificationRelationship.values()) {
      TreeSet<String> ids = new TreeSet<>();
      document.path(purpose.property()).forEach(id -> ids.add(fragment(id.stringValue())));
      if (!ids.isEmpty()) {
        summary.put(purpose.property(), ids.toString());
      }
    }
    document
        .path("service")
        .forEach(
            service ->
                summary.put(
                    service.path("id").stringValue(),
                    service.path("type").stringValue()
                        + " "
                        + service.path("serviceEndpoint").stringValue()));
    return summary;
  }

  private static String fragment(String id) {
    return id.substring(id.indexOf('#') + 1);
  }

  /** Skips the test where no registry of packages can be reached. */
  private static Path install() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/ethr-did-resolver").toAbsolutePath());
    for (String file : FILES) {
      try (InputStream source = EthrDifferentialIT.class.getResourceAsStream(file)) {
        Files.copy(source, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try {
      run(folder, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    } catch (IOException failed) {
      Assumptions.abort("npm cannot install ethr-did-resolver: " + failed.getMessage());
    }
    return folder;
  }

  private static String run(Path folder, List<String> command) throws Exception {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command.getFirst() + " failed: " + Files.readString(errors));
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
