package org.earnest.cli.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StatusFolderTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Optional<URI> AT = Optional.of(URI.create("https://issuer.example/status"));
  private static final int ROUNDS = 10;

  @TempDir Path folder;
  private final DidSigner signer = LocalSigner.randomDidKey(KeyType.ED25519);
  private final CredentialIssuer issuer =
      new Issuing(signer, CredentialFormat.EDDSA_JCS_2022, CLOCK).issuer();

  private StatusFolder lists() {
    return new StatusFolder(folder, CLOCK);
  }

  private void take(String id, ListKind... kinds) {
    lists().take(Set.of(kinds), id, AT, signer);
  }

  private boolean change(String id, StatusOrder order) {
    return lists().change(MeantCredential.of(id), order, issuer, signer);
  }

  private String published() throws Exception {
    JsonNode list =
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("published/revocation-1.json")));
    return list.path("credentialSubject").path("encodedList").asString();
  }

  @Test
  void whatIsPublishedAtOnceByTwoLosesNoRevocation() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < ROUNDS; round++) {
        String id = "urn:x:" + round;
        take(id, ListKind.REVOCATION);
        List<Future<?>> both = new ArrayList<>();
        both.add(
            two.submit(
                () -> {
                  start.await();
                  return change(id, StatusOrder.REVOKE);
                }));
        both.add(
            two.submit(
                () -> {
                  start.await();
                  return lists().publish(issuer, signer);
                }));
        for (Future<?> one : both) {
          one.get();
        }
        String left = published();
        lists().publish(issuer, signer);
        assertThat(left).as("round " + round).isEqualTo(published());
      }
    }
  }

  @Test
  void theLedgerIsNotInWhatIsPublished() throws Exception {
    take("urn:x:1", ListKind.REVOCATION);
    lists().publish(issuer, signer);

    try (var files = Files.list(lists().published())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactly("revocation-1.json");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("ledger.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aRevocationInAnotherListIsForGood() {
    take("urn:x:1", ListKind.REVOCATION, ListKind.SUSPENSION);
    change("urn:x:1", StatusOrder.SUSPEND);
    change("urn:x:1", StatusOrder.REVOKE);

    assertThatThrownBy(() -> change("urn:x:1", StatusOrder.REINSTATE))
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> assertThat(refused.code()).isEqualTo("revocation_is_final"));
    assertThat(change("urn:x:1", StatusOrder.REVOKE)).isFalse();
  }

  @Test
  void aFileIsBelievedOnlyWithThePlaceThatWasGiven() throws Exception {
    take("urn:x:1", ListKind.REVOCATION);
    StatusLedger ledger =
        JsonMapper.shared()
            .readValue(Files.readString(folder.resolve("ledger.json")), StatusLedger.class);
    int index = ledger.lists().getFirst().entries().keySet().iterator().next();
    String list = AT.orElseThrow() + "/revocation-1.json";

    for (String forged :
        List.of(
            "{\"id\":\"urn:x:1\"}",
            entry(list, (index + 1) % StatusLedger.ENTRIES),
            entry("https://other.example/revocation-1.json", index))) {
      assertThatThrownBy(() -> change(forged))
          .isInstanceOfSatisfying(
              StartupException.class,
              refused -> assertThat(refused.code()).isEqualTo("status_mismatch"));
    }
    assertThat(change(entry(list, index))).isTrue();
  }

  private static String entry(String list, int index) {
    return """
    {"id":"urn:x:1","credentialStatus":{"statusListCredential":"%s","statusListIndex":"%d"}}\
    """
        .formatted(list, index);
  }

  private boolean change(String document) {
    ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(document);
    return lists().change(MeantCredential.in(json), StatusOrder.REVOKE, issuer, signer);
  }
}
