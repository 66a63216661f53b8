package org.earnest.bindings.eip712;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.StructuredDataEncoder;
import tools.jackson.databind.json.JsonMapper;

/** Our digests against web3j's, which reads a document of types instead of code. */
final class TypedDataTest {
  private static final long SEED = 712;
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(8453);
  private final RandomTerms random = new RandomTerms(SEED);

  @Test
  void theExampleOfTheStandardHolds() {
    Eip712Domain domain =
        new Eip712Domain(
            "Ether Mail",
            "1",
            Caip2ChainId.eip155(1),
            new EvmAddress("0xcccccccccccccccccccccccccccccccccccccccc"));

    assertThat(domain.separator())
        .isEqualTo(
            new Hash32("0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f"));
    assertThat(
            domain.digest(
                new Hash32("0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e")))
        .isEqualTo(
            new Hash32("0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2"));
  }

  @Test
  void authorizationsAgree() throws Exception {
    for (int i = 0; i < 20; i++) {
      EvmAddress token = random.address();
      Eip712Domain domain = new Eip712Domain("USD Coin", "2", CHAIN, token);
      TransferWithAuthorization transfer =
          new TransferWithAuthorization(
              random.address(),
              random.address(),
              random.uint(256),
              random.uint(256),
              random.uint(256),
              random.hash());
      ReceiveWithAuthorization receive =
          new ReceiveWithAuthorization(
              transfer.from(),
              transfer.to(),
              transfer.value(),
              transfer.validAfter(),
              transfer.validBefore(),
              transfer.nonce());
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("from", transfer.from().hex());
      message.put("to", transfer.to().hex());
      message.put("value", transfer.value());
      message.put("validAfter", transfer.validAfter());
      message.put("validBefore", transfer.validBefore());
      message.put("nonce", transfer.nonce().hex());
      List<String> members =
          List.of(
              "address from",
              "address to",
              "uint256 value",
              "uint256 validAfter",
              "uint256 validBefore",
              "bytes32 nonce");

      String name = "TransferWithAuthorization";
      assertThat(transfer.digest(domain))
          .isEqualTo(oracle(domain, name, Map.of(name, members), message));
      name = "ReceiveWithAuthorization";
      assertThat(receive.digest(domain))
          .isEqualTo(oracle(domain, name, Map.of(name, members), message));
    }
  }

  @Test
  void dealIdsAgree() throws Exception {
    for (int legs = 1; legs <= 5; legs++) {
      EvmAddress escrow = random.address();
      DealTerms terms = random.next(legs);
      DealId id = new DealTypedData(CHAIN, escrow).dealId(terms);

      Map<String, Object> message =
          Map.of(
              "head",
              record(terms.head()),
              "legs",
              terms.legs().stream().map(TypedDataTest::record).toList());
      Map<String, List<String>> types =
          Map.of(
              "DealTerms", List.of("Head head", "Leg[] legs"),
              "Head", members(Head.class, message(terms.head())),
              "Leg", members(Leg.class, message(terms.legs().getFirst())));
      Eip712Domain domain = new Eip712Domain("Earnest Deal", "1", CHAIN, escrow);
      assertThat(id.digest()).isEqualTo(oracle(domain, "DealTerms", types, message));
    }
  }

  @Test
  void theVerbsAgree() throws Exception {
    for (int i = 0; i < 20; i++) {
      EvmAddress escrow = random.address();
      DealTypedData typed = new DealTypedData(CHAIN, escrow);
      Eip712Domain domain = new Eip712Domain("Earnest Deal", "1", CHAIN, escrow);
      DealId deal = new DealId(random.hash());
      int leg = random.uint(8).intValueExact();
      int rating = random.uint(8).intValueExact();
      boolean side = random.uint(1).signum() == 1;
      Hash32 hash = random.hash();
      EvmAddress who = random.address();
      Division division =
          new Division(random.uint(128), random.uint(128), random.uint(40).longValueExact());
      LegState state = LegState.of(i % LegState.values().length);
      Map<String, Object> known = new LinkedHashMap<>();
      known.put("dealId", deal.toString());
      known.put("state", state.number());
      known.put("leg", leg);
      known.put("rating", rating);
      known.put("delivered", side);
      known.put("byClient", side);
      known.put("deliverable", hash.hex());
      known.put("evidence", hash.hex());
      known.put("salt", hash.hex());
      known.put("occupant", who.hex());
      known.put("token", who.hex());
      known.put("account", who.hex());
      known.put("amount", division.toPayee());
      known.put("toPayee", division.toPayee());
      known.put("bondBack", division.bondBack());
      known.put("validBefore", division.validBefore());

      Map<String, Hash32> ours =
          Map.of(
              "Deliver(bytes32 dealId,uint8 leg,bytes32 deliverable,address occupant)",
              typed.deliver(deal, leg, hash, who),
              "Accept(bytes32 dealId,uint8 leg,uint8 rating)",
              typed.accept(deal, leg, rating),
              "Substitute(bytes32 dealId,uint8 leg)",
              typed.substitute(deal, leg),
              "Dispute(bytes32 dealId,uint8 leg,bool delivered,bytes32 evidence)",
              typed.dispute(deal, leg, side, hash),
              "Settle(bytes32 dealId,uint8 leg,uint8 state,address occupant,uint128 toPayee,"
                  + "uint128 bondBack,uint40 validBefore)",
              typed.settle(deal, leg, state, who, division),
              "Rate(bytes32 dealId,uint8 leg,bool byClient,uint8 rating)",
              typed.rate(deal, leg, side, rating),
              "Deposit(address token,address account,uint256 amount,bytes32 salt)",
              typed.deposit(who, who, division.toPayee(), hash));
      for (Map.Entry<String, Hash32> each : ours.entrySet()) {
        assertThat(each.getValue()).isEqualTo(oracle(domain, each.getKey(), known));
      }
    }
  }

  @Test
  void aWalletsConsentAgrees() throws Exception {
    EvmAddress registry = random.address();
    AgentWalletSet consent =
        new AgentWalletSet(random.uint(256), random.address(), random.address(), random.uint(256));

    assertThat(consent.digest(CHAIN, registry))
        .isEqualTo(
            oracle(
                new Eip712Domain("ERC8004IdentityRegistry", "1", CHAIN, registry),
                "AgentWalletSet",
                Map.of(
                    "AgentWalletSet",
                    List.of(
                        "uint256 agentId",
                        "address newWallet",
                        "address owner",
                        "uint256 deadline")),
                Map.of(
                    "agentId", consent.agentId(),
                    "newWallet", consent.newWallet().hex(),
                    "owner", consent.owner().hex(),
                    "deadline", consent.deadline())));
  }

  @Test
  void siblingsAreTheOtherLegsInOrder() {
    DealTerms terms = random.next(3);

    assertThat(DealTypedData.siblings(terms, 1))
        .containsExactly(
            DealTypedData.hash(terms.legs().get(0)), DealTypedData.hash(terms.legs().get(2)));
  }

  @Test
  void keccakIsNotSha3() {
    assertThat(Keccak256.hash(""))
        .isEqualTo(
            new Hash32("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"));
  }

  /** A record's members in their order, as JSON values. */
  private static Map<String, Object> record(Object struct) {
    return message(struct);
  }

  private static Map<String, Object> message(Object struct) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (var member : struct.getClass().getRecordComponents()) {
      try {
        Object value = member.getAccessor().invoke(struct);
        members.put(
            member.getName(),
            value instanceof EvmAddress || value instanceof Hash32 ? value.toString() : value);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return members;
  }

  /** The Solidity types of our records' members, as the contract declares them. */
  private static List<String> members(Class<?> struct, Map<String, Object> example) {
    Map<String, String> types =
        struct == Head.class
            ? Map.of(
                "clientAgentId",
                "uint256",
                "clientAgentEpoch",
                "uint32",
                "rulingTime",
                "uint32",
                "deadlockBps",
                "uint16",
                "arbiterFeeBps",
                "uint16",
                "feeBps",
                "uint16",
                "openBy",
                "uint40",
                "joinBy",
                "uint40",
                "docHash",
                "bytes32")
            : Map.ofEntries(
                Map.entry("agentId", "uint256"),
                Map.entry("agentEpoch", "uint32"),
                Map.entry("tag", "bytes32"),
                Map.entry("amount", "uint128"),
                Map.entry("bond", "uint128"),
                Map.entry("penaltyMax", "uint128"),
                Map.entry("due", "uint40"),
                Map.entry("grace", "uint32"),
                Map.entry("review", "uint32"),
                Map.entry("silenceBps", "uint16"),
                Map.entry("criteriaHash", "bytes32"),
                Map.entry("standbyAgentId", "uint256"),
                Map.entry("standbyAgentEpoch", "uint32"),
                Map.entry("retainer", "uint128"),
                Map.entry("standbyBond", "uint128"),
                Map.entry("callWindow", "uint32"),
                Map.entry("standbyTime", "uint32"));
    return example.keySet().stream()
        .map(name -> types.getOrDefault(name, "address") + " " + name)
        .toList();
  }

  /** A flat struct's digest by its declaration, its members taken from those that are known. */
  private static Hash32 oracle(Eip712Domain domain, String declaration, Map<String, Object> known)
      throws Exception {
    int open = declaration.indexOf('(');
    String name = declaration.substring(0, open);
    List<String> members =
        List.of(declaration.substring(open + 1, declaration.length() - 1).split(","));
    Map<String, Object> message = new LinkedHashMap<>();
    for (String member : members) {
      String key = member.substring(member.indexOf(' ') + 1);
      message.put(key, known.get(key));
    }
    return oracle(domain, name, Map.of(name, members), message);
  }

  private static Hash32 oracle(
      Eip712Domain domain,
      String primary,
      Map<String, List<String>> types,
      Map<String, Object> message)
      throws Exception {
    Map<String, Object> typed = new LinkedHashMap<>();
    typed.put(
        "EIP712Domain",
        List.of(
            member("string name"),
            member("string version"),
            member("uint256 chainId"),
            member("address verifyingContract")));
    types.forEach(
        (name, members) -> typed.put(name, members.stream().map(TypedDataTest::member).toList()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("types", typed);
    document.put("primaryType", primary);
    document.put("message", message);
    document.put(
        "domain",
        Map.of(
            "name", domain.name(),
            "version", domain.version(),
            "chainId", BigInteger.valueOf(domain.chain().eip155Reference()),
            "verifyingContract", domain.verifyingContract().hex()));
    String json = JsonMapper.shared().writeValueAsString(document);
    return Hash32.of(new StructuredDataEncoder(json).hashStructuredData());
  }

  private static Map<String, String> member(String declaration) {
    int space = declaration.indexOf(' ');
    return Map.of(
        "type", declaration.substring(0, space), "name", declaration.substring(space + 1));
  }
}
