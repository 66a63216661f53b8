package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.event.DealEvent;
import org.earnest.cli.report.Usdc;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import tools.jackson.databind.JsonNode;

/** What accounts have in the escrow beside its deals. */
final class Credits {
  private final Stage stage;
  private final Deals deals;
  private final EvmAddress token;

  Credits(Stage stage, Deals deals) {
    this.stage = stage;
    this.deals = deals;
    this.token = stage.host().contracts().usdc();
  }

  /** Puts an account's money in, from which its bonds are taken. */
  void deposit(String name, LocalSigner account, BigInteger amount, Hash32 salt) {
    Map<String, Object> body = new HashMap<>();
    body.put("token", token.hex());
    body.put("account", account.address().hex());
    body.put("amount", amount.toString());
    body.put("salt", salt.hex());
    JsonNode prepared =
        stage.client().post("/deposits/prepare", body).require("preparing the deposit");
    Hash32 own = deals.typedData().deposit(token, account.address(), amount, salt);
    body.put("authorization", new Authorizations(stage).sign(account, amount, own, prepared));
    stage.client().post("/deposits", body).require("the deposit of the " + name);
    stage.books().move(name, "escrow", amount);
    check(name, account.address(), amount);
  }

  /** Fetches all of an account's credit; it sends this itself. */
  void withdraw(LocalSigner account, String toName, EvmAddress to, BigInteger expected) {
    TransactionReceipt receipt =
        new Transactions(stage)
            .send(
                "withdraw",
                "demo:withdraw:" + account.address() + ":" + expected,
                account,
                deals.calls().withdraw(token, to));
    stage.books().move("escrow", toName, expected);
    DealEvent.Withdrawn event = Transactions.event(receipt, DealEvent.Withdrawn.class);
    stage
        .report()
        .check(
            "withdrawn to the " + toName,
            Usdc.text(expected) + ", " + to,
            Usdc.text(event.amount()) + ", " + event.to());
  }

  /** Holds service and chain against what an account must have. */
  void check(String name, EvmAddress account, BigInteger expected) {
    String shown =
        stage
            .client()
            .get("/credit?token=" + token + "&account=" + account)
            .require("the credit")
            .path("credit")
            .asString("");
    stage
        .report()
        .check("credit of the " + name, Usdc.text(expected), Usdc.text(new BigInteger(shown)));
    stage.report().check("and on chain", Usdc.text(expected), Usdc.text(onChain(account)));
  }

  private BigInteger onChain(EvmAddress account) {
    return new DealEscrowReads(stage.host().reader(), stage.host().contracts().dealEscrow())
        .credit(token, account, BlockTag.Named.LATEST);
  }
}
