package org.earnest.cli.indexer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.follow.FollowSettings;

/** What an operator wrote of one chain, on a command line or in a file. */
public record ChainWords(
    Optional<Long> chainId,
    Optional<List<String>> rpcUrls,
    Optional<String> wsUrl,
    Optional<String> identity,
    Optional<String> reputation,
    Optional<String> validation,
    Optional<String> escrow,
    Optional<String> deployment,
    Optional<Long> fromBlock,
    Optional<Integer> horizon,
    Optional<String> ipfsGateway,
    Optional<List<String>> paymentTokens) {
  /** A journal of more blocks than this would say more about the chain than about the indexer. */
  public static final int MAX_HORIZON = 100_000;

  /** More are a mistake: whose transfers count is an operator's own choice. */
  public static final int MAX_PAYMENT_TOKENS = 64;

  static final Set<String> NAMES =
      Set.of(
          "chainId",
          "rpcUrls",
          "wsUrl",
          "identity",
          "reputation",
          "validation",
          "escrow",
          "deployment",
          "fromBlock",
          "horizon",
          "ipfsGateway",
          "paymentTokens");

  static final Set<String> LISTS = Set.of("rpcUrls", "paymentTokens");

  /** Nothing was written. */
  public static final ChainWords NONE =
      new ChainWords(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final String CANONICAL = "canonical";
  private static final Set<String> SOCKETS = Set.of("ws", "wss");

  /**
   * What it means.
   *
   * @param name what the writer calls a member of this record
   * @throws IllegalArgumentException with a sentence for the writer
   * @throws org.earnest.kit.process.StartupException {@code rpc_url_invalid}
   */
  public ChainPlan plan(UnaryOperator<String> name) {
    return new Meaning(this, name).plan();
  }

  private record Meaning(ChainWords words, UnaryOperator<String> name) {
    ChainPlan plan() {
      return new ChainPlan(
          words.chainId.map(this::chain),
          urls(),
          words.wsUrl.map(this::socket),
          contracts(),
          fromBlock(),
          horizon(),
          new FileSettings(words.ipfsGateway.map(this::gateway), paymentTokens()));
    }

    private Caip2ChainId chain(long number) {
      if (number < 1) {
        throw wrong("%s is a chain's EIP-155 number, from 1", "chainId");
      }
      return Caip2ChainId.eip155(number);
    }

    private List<URI> urls() {
      List<String> texts = words.rpcUrls.orElse(List.of());
      if (texts.isEmpty()) {
        throw wrong("%s is needed: a node of the chain", "rpcUrls");
      }
      List<URI> urls = RpcUrls.parse(texts);
      if (urls.stream().anyMatch(url -> SOCKETS.contains(String.valueOf(url.getScheme())))) {
        throw wrong("%s is asked over HTTP; a node's WebSocket is named by %s", "rpcUrls", "wsUrl");
      }
      return urls;
    }

    /** Not quoted where it cannot be used, as it may carry a key. */
    private URI socket(String text) {
      try {
        URI url = new URI(text);
        if (SOCKETS.contains(String.valueOf(url.getScheme())) && url.getHost() != null) {
          return url;
        }
      } catch (URISyntaxException malformed) {
        // told below
      }
      throw wrong("%s is a node's WebSocket: ws://HOST:PORT or wss://HOST/PATH", "wsUrl");
    }

    private ContractChoice contracts() {
      Optional<EvmAddress> validation = words.validation.map(text -> address("validation", text));
      Optional<EvmAddress> escrow = words.escrow.map(text -> address("escrow", text));
      Optional<EvmAddress> identity = words.identity.map(text -> address("identity", text));
      Optional<EvmAddress> reputation = words.reputation.map(text -> address("reputation", text));
      if (identity.isPresent() != reputation.isPresent()) {
        throw wrong("%s and %s belong together: give both, or neither", "identity", "reputation");
      }
      boolean named = identity.isPresent();
      if (words.deployment.filter(said -> named || !said.equals(CANONICAL)).isPresent()) {
        throw wrong("%s canonical, or %s and %s", "deployment", "identity", "reputation");
      }
      return named
          ? new ContractChoice.Named(identity.get(), reputation.orElseThrow(), validation, escrow)
          : new ContractChoice.Canonical(validation, escrow);
    }

    private OptionalLong fromBlock() {
      if (words.fromBlock.filter(block -> block < 0).isPresent()) {
        throw wrong("%s is a number of a block, 0 or more", "fromBlock");
      }
      return words.fromBlock.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private int horizon() {
      int blocks = words.horizon.orElse(FollowSettings.DEFAULT_HORIZON);
      if (blocks < 1 || blocks > MAX_HORIZON) {
        throw wrong("%s is a number of blocks, 1 to " + MAX_HORIZON, "horizon");
      }
      return blocks;
    }

    private URI gateway(String text) {
      try {
        URI gateway = new URI(text);
        if ("https".equals(gateway.getScheme()) && gateway.getHost() != null) {
          return gateway;
        }
      } catch (URISyntaxException malformed) {
        // told below
      }
      throw wrong("%s is a public gateway: https://HOST, with a path or without", "ipfsGateway");
    }

    private Set<EvmAddress> paymentTokens() {
      List<String> texts = words.paymentTokens.orElse(List.of());
      if (texts.size() > MAX_PAYMENT_TOKENS) {
        throw wrong("%s: at most " + MAX_PAYMENT_TOKENS + " are taken", "paymentTokens");
      }
      return texts.stream()
          .map(text -> address("paymentTokens", text))
          .collect(Collectors.toUnmodifiableSet());
    }

    private EvmAddress address(String member, String text) {
      try {
        return new EvmAddress(text);
      } catch (IllegalArgumentException malformed) {
        throw wrong("%s is an address: 0x and 40 hexadecimal digits", member);
      }
    }

    private IllegalArgumentException wrong(String sentence, String... members) {
      Object[] names = Arrays.stream(members).map(name).toArray();
      return new IllegalArgumentException(sentence.formatted(names));
    }
  }
}
