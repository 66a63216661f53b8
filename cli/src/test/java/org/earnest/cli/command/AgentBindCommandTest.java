package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.AgentDid;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentBindCommandTest {
  private static final String AGENT = "eip155:31337:0x" + "12".repeat(20) + ":7";
  private static final String DID = "did:web:agent.example";

  @TempDir Path folder;

  @Test
  void theOwnersWordIsItsSignature() throws Exception {
    LightKeystore keys = new LightKeystore(folder);
    String word = keys.passphrase().toString();
    String key = keys.create("key.json").toString();
    CommandRun signed =
        CommandRun.of(
            "agent",
            "bind",
            AGENT,
            "--did",
            DID,
            "--key",
            key,
            "--passphrase-file",
            word,
            "--json");
    assertThat(signed.exit()).as(signed.all()).isZero();
    EvmAddress owner = new EvmAddress(signed.json().path("owner").asString());
    byte[] signature = Hex.decode(signed.json().at("/service/ownerSignature").asString());
    assertThat(
            SignatureRecovery.recover(
                new AgentDid(
                        AgentId.parse(AGENT),
                        new Did(DID),
                        owner,
                        Instant.parse(signed.json().at("/service/ownerSignedAt").asString()))
                    .digest(),
                signature))
        .contains(owner);
    assertThat(signed.all()).doesNotContain("a passphrase");
    CommandRun wrong =
        CommandRun.of(
            "agent", "bind", "7", "--did", DID, "--key", key, "--passphrase-file", word, "--json");
    assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
  }
}
