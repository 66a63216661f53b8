package org.earnest.did.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.AgentDid;
import org.earnest.bindings.eip712.AgentWalletSet;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.identity.AgentClaims;
import org.earnest.core.identity.AgentClaims.DidClaim;
import org.earnest.core.identity.AgentFiles;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.agent.LinkFinding.State;
import org.earnest.did.edge.AgentBindingService;
import org.earnest.did.ethr.DeployedRegistry;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.pkh.PkhDidMethod;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents of a real registry, whose files and web documents are what the test says. */
class AgentVerifierIT {
  private static final Did WEB = new Did("did:web:agent.example");
  private static final String FILE = "https://agent.example/agent.json";

  /** The first of anvil's published keys. */
  private static final LocalSigner OWNER =
      LocalSigner.of("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

  @SuppressWarnings("NullAway.Init")
  private static DeployedRegistry chain;

  @SuppressWarnings("NullAway.Init")
  private static EvmAddress registry;

  private static int registered;

  private final Map<String, AgentFiles.Reading> files = new HashMap<>();
  private Runnable duringFile = () -> {};
  private final InMemoryDidResolver documents = new InMemoryDidResolver();

  @SuppressWarnings("NullAway.Init")
  private AgentId agent;

  /** The chain's next second may come between two readings. */
  private Instant word = Instant.EPOCH;

  @BeforeAll
  static void deploy() {
    chain = DeployedRegistry.start();
    registry = chain.deploy(CreationCode.identityRegistry());
  }

  @AfterAll
  static void stop() {
    chain.close();
  }

  @BeforeEach
  void register() {
    assertThat(chain.accounts().getFirst()).isEqualTo(OWNER.address());
    chain.send(OWNER.address(), calls().register(FILE));
    agent = agent(++registered);
    word = now();
  }

  private static IdentityRegistryCalls calls() {
    return new IdentityRegistryCalls(registry);
  }

  private static AgentId agent(long number) {
    return new AgentId(
        new Caip10AccountId(chain.chain().chainId(), registry), BigInteger.valueOf(number));
  }

  private AgentReport verify() {
    return verify(Optional.empty());
  }

  private AgentReport verify(Optional<Did> wanted) {
    return verifier().verify(agent, wanted);
  }

  private AgentVerifier verifier() {
    DidResolver accounts =
        new CompositeDidResolver(
            List.of(new PkhDidMethod(), new EthrDidMethod(List.of(chain.network()))));
    return new AgentVerifier(
        chain.chain(),
        registry,
        uri -> {
          duringFile.run();
          return files.getOrDefault(
              uri, new AgentFiles.Reading.Unavailable("host_unknown", "nobody answers"));
        },
        (did, options) ->
            did.method().equals("web")
                ? documents.resolve(did, options)
                : accounts.resolve(did, options));
  }

  private void publish(Did did, Optional<String> signature, String... wallets) {
    publish(did, signature, Optional.of(word.toString()), wallets);
  }

  private void publish(
      Did did, Optional<String> signature, Optional<String> time, String... wallets) {
    publish(Set.of(agent), List.of(new DidClaim(did.value(), signature, time)), wallets);
  }

  private void publish(Set<AgentId> agents, List<DidClaim> dids, String... wallets) {
    files.put(FILE, new AgentFiles.Reading.Read(new AgentClaims(agents, dids, List.of(wallets))));
  }

  private void document(String... alsoKnownAs) {
    documents.with(new DidDocument(WEB, Set.of(alsoKnownAs), List.of(), Map.of(), List.of()));
  }

  private Optional<String> signed(Did did) {
    return signed(did, word);
  }

  private Optional<String> signed(Did did, Instant time) {
    AgentDid word = new AgentDid(agent, did, OWNER.address(), time);
    return Optional.of(Hex.encode(OWNER.sign(word.message())));
  }

  /** By the registry's chain. */
  private static Instant now() {
    return Instant.ofEpochSecond(chain.chain().time());
  }

  private static void assertLink(AgentReport report, AgentLink link, State state, String reason) {
    assertThat(report.links()).extracting(LinkFinding::link).containsExactly(AgentLink.values());
    LinkFinding finding =
        report.links().stream().filter(one -> one.link() == link).findFirst().orElseThrow();
    assertThat(finding.state()).as(finding.toString()).isEqualTo(state);
    assertThat(finding.reason()).isEqualTo(reason);
    assertThat(finding.remedy().isEmpty()).isEqualTo(state == State.OK);
    assertThat(report.proven())
        .isEqualTo(report.links().stream().allMatch(one -> one.state() == State.OK));
  }

  @Test
  void provesAWebIdentityThatTheOwnerSignedFor() {
    publish(WEB, signed(WEB));
    document(agent.toString());
    AgentReport report = verify();
    assertThat(report.proven()).as(report.toString()).isTrue();
    assertThat(report.owner()).contains(OWNER.address());
    assertThat(report.wallet()).contains(OWNER.address());
    assertThat(report.did()).contains(WEB);
    document("eip155:31337/erc721:" + registry + "/" + agent.tokenId());
    assertThat(verify().proven()).as("by its token's name").isTrue();
  }

  @Test
  void provesAnAccountThatOwnsTheAgentWithoutFurtherWords() {
    Caip10AccountId account = new Caip10AccountId(chain.chain().chainId(), OWNER.address());
    for (Did did : List.of(Did.pkh(account), EthrDidMethod.didOf(account))) {
      publish(did, Optional.empty());
      AgentReport report = verify();
      assertThat(report.proven()).as(report.toString()).isTrue();
      assertLink(report, AgentLink.OWNER_ACCEPTS_DID, State.OK, "account_owns_agent");
    }
  }

  @Test
  void saysWhichLinkIsMissing() {
    assertLink(verify(), AgentLink.REGISTRY_NAMES_FILE, State.UNKNOWN, "host_unknown");
    files.put(FILE, new AgentFiles.Reading.Refused("not_json", "no JSON"));
    assertLink(verify(), AgentLink.REGISTRY_NAMES_FILE, State.MISSING, "not_json");
    assertLink(verify(), AgentLink.FILE_NAMES_AGENT, State.UNKNOWN, "not_looked_at");
    publish(Set.of(), List.of());
    assertLink(verify(), AgentLink.FILE_NAMES_AGENT, State.MISSING, "no_agent_named");
    assertLink(verify(), AgentLink.FILE_NAMES_DID, State.MISSING, "no_did_named");
    assertLink(verify(), AgentLink.DID_RESOLVES, State.UNKNOWN, "not_looked_at");
    publish(
        Set.of(agent(9_999)),
        List.of(new DidClaim("not a did", Optional.empty(), Optional.empty())));
    assertLink(verify(), AgentLink.FILE_NAMES_AGENT, State.CONTRADICTED, "other_agent_named");
    assertLink(verify(), AgentLink.FILE_NAMES_DID, State.CONTRADICTED, "did_malformed");
    publish(WEB, Optional.empty());
    assertLink(
        verify(Optional.of(new Did("did:web:other.example"))),
        AgentLink.FILE_NAMES_DID,
        State.CONTRADICTED,
        "other_did_named");
    documents.refusing(WEB, ErrorType.NOT_FOUND);
    assertLink(verify(), AgentLink.DID_RESOLVES, State.MISSING, "not_found");
    documents.refusing(WEB, ErrorType.INTERNAL_ERROR);
    assertLink(verify(), AgentLink.DID_RESOLVES, State.UNKNOWN, "internal_error");
    document();
    assertLink(verify(), AgentLink.DID_NAMES_AGENT, State.MISSING, "no_agent_named");
    document(agent(9_999).toString());
    assertLink(verify(), AgentLink.DID_NAMES_AGENT, State.CONTRADICTED, "other_agent_named");
    assertLink(verify(), AgentLink.OWNER_ACCEPTS_DID, State.MISSING, "not_signed");
  }

  @Test
  void believesNoSignatureOfAnother() {
    document(agent.toString());
    LocalSigner stranger = LocalSigner.random();
    Instant now = now();
    AgentDid word = new AgentDid(agent, WEB, OWNER.address(), now);
    String theirs = Hex.encode(stranger.sign(word.message()));
    String ofAnotherDid =
        Hex.encode(
            OWNER.sign(new AgentDid(agent, new Did("did:web:b"), OWNER.address(), now).message()));
    String ofAnotherAgent =
        Hex.encode(OWNER.sign(new AgentDid(agent(9_999), WEB, OWNER.address(), now).message()));
    for (String signature :
        List.of(theirs, ofAnotherDid, ofAnotherAgent, "", "0x", "0x00", "nothing")) {
      publish(WEB, Optional.of(signature), Optional.of(now.toString()));
      assertLink(verify(), AgentLink.OWNER_ACCEPTS_DID, State.CONTRADICTED, "signature_of_another");
    }
  }

  @Test
  void believesAWordForAsLongAsItIsFreshAndOfItsTime() {
    document(agent.toString());
    Instant now = now();
    publish(WEB, signed(WEB, now), Optional.empty());
    assertLink(verify(), AgentLink.OWNER_ACCEPTS_DID, State.MISSING, "not_dated");
    publish(WEB, signed(WEB, now), Optional.of("yesterday"));
    assertLink(verify(), AgentLink.OWNER_ACCEPTS_DID, State.MISSING, "not_dated");
    Instant old = now.minus(Duration.ofDays(181));
    publish(WEB, signed(WEB, old), Optional.of(old.toString()));
    assertLink(verify(), AgentLink.OWNER_ACCEPTS_DID, State.MISSING, "signature_expired");
    publish(WEB, signed(WEB, old), Optional.of(now.toString()));
    assertLink(verify(), AgentLink.OWNER_ACCEPTS_DID, State.CONTRADICTED, "signature_of_another");
    Instant later = now.plus(Duration.ofDays(1));
    publish(WEB, signed(WEB, later), Optional.of(later.toString()));
    assertLink(verify(), AgentLink.OWNER_ACCEPTS_DID, State.UNKNOWN, "signature_of_the_future");
    Instant recent = now.minus(Duration.ofDays(179));
    publish(WEB, signed(WEB, recent), Optional.of(recent.toString()));
    assertThat(verify().proven()).isTrue();
  }

  @Test
  void saysWhenItsBlockWasTakenBackMeanwhile() {
    document(agent.toString());
    publish(WEB, signed(WEB));
    String before = chain.rpc().require("evm_snapshot").stringValue();
    chain.rpc().require("evm_mine");
    duringFile =
        () -> {
          chain.rpc().require("evm_revert", before);
          chain.rpc().require("evm_increaseTime", 100);
          chain.rpc().require("evm_mine");
        };
    AgentReport report = verify();
    assertThat(report.reorganised()).isTrue();
    assertThat(report.proven()).isFalse();
    duringFile = () -> {};
    assertThat(verify().reorganised()).isFalse();
  }

  @Test
  void aWalletOfItsOwnIsNamedByTheDocument() {
    LocalSigner wallet = LocalSigner.random();
    AgentWalletSet consent =
        new AgentWalletSet(
            agent.tokenId(),
            wallet.address(),
            OWNER.address(),
            BigInteger.valueOf(chain.chain().time() + 200));
    byte[] signature = wallet.sign(consent.digest(chain.chain().chainId(), registry));
    chain.send(OWNER.address(), calls().setAgentWallet(consent, signature));
    publish(WEB, signed(WEB));
    document(agent.toString());
    assertLink(verify(), AgentLink.DID_NAMES_WALLET, State.MISSING, "wallet_not_named");
    Caip10AccountId account = new Caip10AccountId(chain.chain().chainId(), wallet.address());
    for (String name : List.of(account.toString(), Did.pkh(account).value())) {
      document(agent.toString(), name);
      assertLink(verify(), AgentLink.DID_NAMES_WALLET, State.OK, "wallet_named");
      assertThat(verify().proven()).isTrue();
    }
  }

  @Test
  void theWalletIsTheRegistrys() {
    document(agent.toString());
    publish(WEB, signed(WEB), chain.accounts().get(5).hex());
    assertLink(verify(), AgentLink.WALLET_AGREES, State.CONTRADICTED, "other_wallet_named");
    publish(WEB, signed(WEB), "eip155:31337:" + OWNER.address());
    assertThat(verify().proven()).isTrue();
  }

  @Test
  void whatAnEarlierOwnerSaidIsWorthNothingAfterATransfer() {
    document(agent.toString());
    publish(WEB, signed(WEB));
    EvmAddress next = chain.accounts().get(7);
    chain.send(OWNER.address(), calls().transferFrom(OWNER.address(), next, agent.tokenId()));
    AgentReport report = verify();
    assertThat(report.owner()).contains(next);
    assertLink(report, AgentLink.OWNER_ACCEPTS_DID, State.CONTRADICTED, "signature_of_another");
    assertLink(report, AgentLink.WALLET_AGREES, State.MISSING, "wallet_not_set");
    assertLink(report, AgentLink.DID_NAMES_WALLET, State.UNKNOWN, "not_looked_at");
  }

  @Test
  void anIdentityThatWasGivenAwaySpeaksForNobody() {
    Caip10AccountId account = new Caip10AccountId(chain.chain().chainId(), OWNER.address());
    publish(EthrDidMethod.didOf(account), Optional.empty());
    EvmAddress next = chain.accounts().get(3);
    chain.send(OWNER.address(), chain.calls().changeOwner(OWNER.address(), next));
    try {
      AgentReport report = verify();
      assertLink(report, AgentLink.DID_NAMES_AGENT, State.MISSING, "no_agent_named");
      assertLink(report, AgentLink.OWNER_ACCEPTS_DID, State.MISSING, "not_signed");
    } finally {
      chain.send(next, chain.calls().changeOwner(OWNER.address(), OWNER.address()));
    }
  }

  @Test
  void anAgentThatNobodyRegisteredHasNothing() {
    agent = agent(9_999);
    AgentReport report = verify(Optional.of(WEB));
    assertLink(report, AgentLink.AGENT_REGISTERED, State.MISSING, "agent_unknown");
    assertLink(report, AgentLink.REGISTRY_NAMES_FILE, State.UNKNOWN, "not_looked_at");
    assertLink(report, AgentLink.OWNER_ACCEPTS_DID, State.UNKNOWN, "not_looked_at");
    chain.send(OWNER.address(), calls().register(""));
    agent = agent(++registered);
    assertLink(verify(), AgentLink.REGISTRY_NAMES_FILE, State.MISSING, "uri_not_set");
  }

  @Test
  void answersOverHttp() throws Exception {
    publish(WEB, signed(WEB));
    document(agent.toString());
    AgentBindingService service = new AgentBindingService(verifier());
    assertThat(OpenApiAgreement.differences(service)).isEmpty();
    try (Host host = Host.builder().mount(service).start();
        HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> proven = get(http, host, agent.tokenId() + "/binding?did=" + WEB);
      assertThat(proven.statusCode()).as(proven.body()).isEqualTo(200);
      assertThat(proven.body()).contains("\"proven\":true", "\"wallet_agrees\"", "\"hash\"");
      assertThat(get(http, host, agent + "/binding").body()).isEqualTo(proven.body());
      assertThat(get(http, host, "1/binding?did=x").body()).contains("invalid_request");
      assertThat(get(http, host, "1/binding?dod=x").body()).contains("invalid_request");
      assertThat(get(http, host, "eip155:1:" + registry + ":1/binding").body())
          .contains("registry_not_followed");
    }
  }

  private static HttpResponse<String> get(HttpClient http, Host host, String path)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(host.uri().resolve("/agents/" + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
