package org.earnest.escrow.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.LongSupplier;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.escrow.chain.DepositRelay;
import org.earnest.escrow.chain.RelayOutcome;
import org.earnest.escrow.decide.DepositRequest;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.kit.http.Problem;

/** Money that accounts put in ahead of their bonds, and what they have. */
final class Deposits {
  private static final String RETRY_AFTER_SECONDS = "2";
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private final EscrowBounds bounds;
  private final DepositRelay relay;
  private final LongSupplier time;

  Deposits(EscrowBounds bounds, DepositRelay relay, LongSupplier time) {
    this.bounds = bounds;
    this.relay = relay;
    this.time = time;
  }

  /** A deposit to be signed by its account. */
  record Prepared(ToSign authorization, String validAfter, String validBefore) {}

  void prepare(Context context) {
    DepositRequest request = Bodies.depositPreparation(context, time.getAsLong());
    request
        .refusalOfTerms(bounds)
        .ifPresent(
            refusal -> {
              throw Problems.of(refusal).asException();
            });
    Eip712Domain token = bounds.tokenDomain(request.token()).orElseThrow();
    ReceiveWithAuthorization by = request.toSign(bounds);
    context.json(
        new Prepared(
            new ToSign(request.account(), by.digest(token), TypedData.authorization(token, by)),
            by.validAfter().toString(),
            by.validBefore().toString()));
  }

  void deposit(Context context) throws InterruptedException {
    DepositRequest request = Bodies.deposit(context);
    switch (relay.deposit(request)) {
      case RelayOutcome.Done<DepositRelay.Deposited>(var deposited) ->
          context.status(CREATED).json(view(request.token(), request.account(), deposited));
      case RelayOutcome.Waiting<DepositRelay.Deposited> waiting ->
          context
              .status(ACCEPTED)
              .header("Retry-After", RETRY_AFTER_SECONDS)
              .json(
                  new Views.PendingDeposit(
                      "pending",
                      waiting.submission().toString(),
                      waiting.transaction().map(Hash32::hex),
                      waiting.inclusion().map(Views::text),
                      List.of("/submissions/" + waiting.submission())));
      case RelayOutcome.Refused<DepositRelay.Deposited>(var refusal) ->
          Problems.of(refusal).send(context);
      case RelayOutcome.Unknown<DepositRelay.Deposited>(String code, String detail) ->
          Problem.notFound(code, detail).send(context);
    }
  }

  void credit(Context context) {
    EvmAddress token = Paths.account(context, "token");
    EvmAddress account = Paths.account(context, "account");
    context.json(view(token, account, relay.credit(token, account)));
  }

  private static Views.CreditView view(
      EvmAddress token, EvmAddress account, DepositRelay.Deposited deposited) {
    return new Views.CreditView(
        token.hex(), account.hex(), deposited.credit().toString(), Views.At.of(deposited.at()));
  }
}
