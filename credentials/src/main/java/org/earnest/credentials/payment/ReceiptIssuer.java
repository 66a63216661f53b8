package org.earnest.credentials.payment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.temporal.ChronoUnit;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.core.payment.PaymentReceipt;
import org.earnest.core.payment.ReceiptCredentials;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.KnownContexts;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Issues a seller's receipts as verifiable credentials about their payers. */
public final class ReceiptIssuer implements ReceiptCredentials {
  public static final String TYPE = "PaymentReceiptCredential";

  private final CredentialIssuer issuer;

  /**
   * Issues by the seller's key.
   *
   * @param issuer who knows {@link PaymentContext}
   */
  public ReceiptIssuer(CredentialIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public String issue(PaymentReceipt receipt) {
    return switch (issuer.issue(credential(receipt).toString().getBytes(UTF_8))) {
      case IssueOutcome.Issued issued -> issued.credential().toString();
      case IssueOutcome.Refused refused ->
          throw new IllegalStateException("a receipt is no credential: " + refused.detail());
    };
  }

  private static ObjectNode credential(PaymentReceipt receipt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context").add(KnownContexts.CREDENTIALS_V2).add(PaymentContext.URL);
    json.putArray("type").add(Credential.BASE_TYPE).add(TYPE);
    json.put("validFrom", receipt.issuedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    Caip2ChainId chain = receipt.amount().asset().chain();
    json.putObject("credentialSubject")
        .put("id", account(chain, receipt.payer()))
        .put("resource", receipt.resource().toString())
        .put("asset", receipt.amount().asset().toString())
        .put("amount", receipt.amount().atomicUnits().toString())
        .put("payee", account(chain, receipt.payee()))
        .put("transaction", receipt.transaction().hex());
    return json;
  }

  /** The DID of an account (did:pkh). */
  private static String account(Caip2ChainId chain, EvmAddress account) {
    return Did.pkh(new Caip10AccountId(chain, account)).value();
  }
}
