package org.earnest.did.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.AgentClaims;
import org.earnest.core.identity.AgentClaims.DidClaim;
import org.earnest.core.identity.Did;
import org.junit.jupiter.api.Test;

class FileLinksTest {
  private static final String DID = "did:web:agent.example";
  private static final DidClaim OLD = claim(DID, "2026-01-01T00:00:00Z");
  private static final DidClaim NEW = claim(DID, "2026-02-01T00:00:00Z");
  private static final DidClaim UNREADABLE = claim(DID, "yesterday");
  private static final DidClaim OTHER = claim("did:web:other.example", "2026-03-01T00:00:00Z");

  private static DidClaim claim(String did, String signedAt) {
    return new DidClaim(did, Optional.of("0x"), Optional.of(signedAt));
  }

  private static Optional<DidClaim> looked(Optional<Did> wanted, DidClaim... claims) {
    return FileLinks.claim(new AgentClaims(Set.of(), List.of(claims), List.of()), wanted);
  }

  @Test
  void ofTwoEntriesOfADidTheNewestWordIsLookedAt() {
    assertThat(looked(Optional.empty(), OLD, UNREADABLE, NEW, OTHER)).contains(NEW);
    assertThat(looked(Optional.of(new Did(DID)), OTHER, NEW, OLD)).contains(NEW);
    assertThat(looked(Optional.empty(), UNREADABLE)).contains(UNREADABLE);
    assertThat(looked(Optional.of(new Did(DID)), OTHER)).isEmpty();
    assertThat(looked(Optional.empty())).isEmpty();
  }
}
