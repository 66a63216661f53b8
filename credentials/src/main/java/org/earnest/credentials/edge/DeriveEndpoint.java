package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.util.Set;
import org.earnest.credentials.Holder;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.kit.http.Trace;

/** {@code POST /credentials/derive}: the part of a credential that its holder wants to show. */
final class DeriveEndpoint {
  private static final int CREATED = 201;
  private static final String POINTERS = "selectivePointers";

  private final Holder holder;

  DeriveEndpoint(Holder holder) {
    this.holder = holder;
  }

  void handle(Context context) {
    try {
      VcApiRequest request =
          VcApiRequest.read(context.bodyAsBytes(), "verifiableCredential", Set.of(POINTERS));
      switch (holder.derive(request.credentialBytes(), request.texts(POINTERS))) {
        case IssueOutcome.Issued derived ->
            context
                .status(CREATED)
                .contentType("application/json")
                .result(
                    "{\"verifiableCredential\":" + SignableJson.write(derived.credential()) + "}");
        case IssueOutcome.Refused refused -> refuse(context, refused.refusal(), refused.detail());
      }
    } catch (InvalidCredentialException malformed) {
      refuse(context, malformed.refusal(), malformed.detail());
    }
  }

  private static void refuse(Context context, CredentialRefusal refusal, String detail) {
    RefusedVerification.problem(refusal, detail, Trace.of(context).traceId()).send(context);
  }
}
