package org.earnest.payments.server;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.payment.PaymentReceipt;
import org.earnest.core.payment.ReceiptCredentials;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The extension {@code offer-receipt}: the seller signs what it offers and what it was paid, by a
 * key of its DID, as JSON Web Signatures. A key that cannot be asked keeps no sale from being made,
 * nor do strange words of a buyer or a facilitator: the offer or the receipt is missing then.
 */
public final class OfferReceipts {
  /** The extension's name. */
  public static final String NAME = "offer-receipt";

  /** Of a settlement's extensions: the receipt as a verifiable credential. */
  public static final String CREDENTIAL = "receipt-credential";

  private static final Logger LOG = LoggerFactory.getLogger(OfferReceipts.class);
  private static final int VERSION = 1;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final DidSigner signer;
  private final Optional<ReceiptCredentials> credentials;
  private final InstantSource clock;

  public OfferReceipts(
      DidSigner signer, Optional<ReceiptCredentials> credentials, InstantSource clock) {
    this.signer = signer;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** The same question with each of its ways to pay signed. */
  PaymentRequired signed(PaymentRequired required) {
    ObjectNode extension = JsonNodeFactory.instance.objectNode();
    ArrayNode offers = extension.putObject("info").putArray("offers");
    try {
      for (int each = 0; each < required.accepts().size(); each++) {
        PaymentRequirements way = required.accepts().get(each);
        offers
            .addObject()
            .put("format", "jws")
            .put("acceptIndex", each)
            .put("signature", jws(offer(required.resource().url(), way)));
      }
    } catch (SignerUnavailableException | IllegalArgumentException | WireFormatException kept) {
      LOG.warn("an offer goes unsigned: {}", kept.toString());
      return required;
    }
    extension.set("schema", OfferReceiptSchemas.offer());
    ObjectNode extensions = required.extensions().deepCopy();
    extensions.set(NAME, extension);
    return new PaymentRequired(
        required.error(), required.resource(), required.accepts(), extensions, required.rest());
  }

  private Map<String, Object> offer(String resourceUrl, PaymentRequirements way) {
    Map<String, Object> payload = new TreeMap<>();
    payload.put("version", VERSION);
    payload.put("resourceUrl", resourceUrl);
    payload.put("scheme", way.scheme());
    payload.put("network", way.network());
    payload.put("asset", way.asset());
    payload.put("payTo", way.payTo());
    payload.put("amount", way.amount().toString());
    payload.put("validUntil", clock.instant().getEpochSecond() + way.maxTimeoutSeconds());
    return payload;
  }

  /** The same settlement with the seller's receipt. */
  SettleResponse signed(SettleResponse settled, String resourceUrl, PaymentRequirements paid) {
    ObjectNode rest = settled.rest().deepCopy();
    ObjectNode extensions =
        rest.get("extensions") instanceof ObjectNode there ? there : rest.putObject("extensions");
    try {
      ObjectNode extension = extensions.putObject(NAME);
      Instant now = clock.instant();
      extension
          .putObject("info")
          .putObject("receipt")
          .put("format", "jws")
          .put("signature", jws(receipt(settled, resourceUrl, now)));
      extension.set("schema", OfferReceiptSchemas.receipt());
      credential(settled, resourceUrl, paid, now)
          .ifPresent(
              credential ->
                  extensions.putObject(CREDENTIAL).putObject("info").set("credential", credential));
    } catch (SignerUnavailableException | IllegalArgumentException | WireFormatException kept) {
      LOG.warn("a payment goes without its receipt: {}", kept.toString());
      return settled;
    }
    return settled.with(rest);
  }

  private static Map<String, Object> receipt(
      SettleResponse settled, String resourceUrl, Instant now) {
    Map<String, Object> payload = new TreeMap<>();
    payload.put("version", VERSION);
    payload.put("network", settled.network());
    payload.put("resourceUrl", resourceUrl);
    payload.put("payer", settled.payer().orElse(""));
    payload.put("issuedAt", now.getEpochSecond());
    payload.put("transaction", settled.transaction());
    return payload;
  }

  private Optional<ObjectNode> credential(
      SettleResponse settled, String resourceUrl, PaymentRequirements paid, Instant now) {
    // a voucher's money has no transaction yet that a receipt could name
    if (credentials.isEmpty() || settled.payer().isEmpty() || settled.transaction().isEmpty()) {
      return Optional.empty();
    }
    BigInteger amount = settled.amount().map(BigInteger::new).orElse(paid.amount());
    String issued =
        credentials
            .get()
            .issue(
                new PaymentReceipt(
                    URI.create(resourceUrl),
                    new TokenAmount(
                        new Caip19AssetId(
                            Caip2ChainId.parse(paid.network()), new EvmAddress(paid.asset())),
                        amount),
                    new EvmAddress(settled.payer().get()),
                    new EvmAddress(paid.payTo()),
                    new Hash32(settled.transaction()),
                    now));
    return Optional.of(WireJson.read(issued.getBytes(StandardCharsets.UTF_8)));
  }

  private String jws(Map<String, Object> payload) {
    ObjectNode header =
        JsonNodeFactory.instance
            .objectNode()
            .put("alg", signer.jwsAlgorithm())
            .put("kid", signer.verificationMethod().toString());
    String input = encoded(WireJson.write(header)) + "." + encoded(canonical(payload));
    return input + "." + encoded(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Its members in order, as the map has them (RFC 8785). */
  private static byte[] canonical(Map<String, Object> payload) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    payload.forEach((name, value) -> json.putPOJO(name, value));
    return WireJson.write(json);
  }

  private static String encoded(byte[] bytes) {
    return BASE64URL.encodeToString(bytes);
  }
}
