package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.Remedies;
import org.earnest.cli.credential.SecuredText;
import org.earnest.credentials.model.InvalidCredentialException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "show",
    description = {
      "Show what a credential or presentation says, whatever its form. Verifies nothing.",
      "",
      "JWTs are decoded, and the disclosures of SD-JWTs put into their places."
    },
    footer = {"", "Example:", "  ./earnest credential show credential.jwt"},
    mixinStandardHelpOptions = true)
final class CredentialShowCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "FILE", description = "The credential, or - for standard input.")
  private String file;

  @Override
  Map<String, ?> perform(Console console) {
    SecuredText secured = CredentialInput.secured(file);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("verified", false);
    try {
      ObjectNode document = SecuredText.document(secured);
      figures.put("form", form(secured));
      figures.put("document", document);
      switch (secured) {
        case SecuredText.Json json -> {}
        case SecuredText.Jwt jwt -> figures.put("header", jwt.jws().header());
        case SecuredText.SelectiveJwt selective -> {
          figures.put("header", selective.jws().header());
          figures.put("disclosures", selective.parts().disclosures().size());
          figures.put("bound", selective.parts().keyBinding().isPresent());
        }
      }
      console.say(document.toPrettyString());
      console.say(said(figures));
      return figures;
    } catch (InvalidCredentialException malformed) {
      throw Remedies.refusal(malformed.refusal(), malformed.detail());
    }
  }

  private static String said(Map<String, ?> figures) {
    String disclosed =
        figures.containsKey("disclosures")
            ? ", %s claims disclosed".formatted(figures.get("disclosures"))
            : "";
    return "A %s%s. Nothing of it was verified: ./earnest credential verify does that."
        .formatted(figures.get("form"), disclosed);
  }

  private static String form(SecuredText secured) throws InvalidCredentialException {
    return switch (secured) {
      case SecuredText.Json json ->
          json.isPresentation() ? "presentation in JSON" : "credential in JSON";
      case SecuredText.Jwt jwt -> jwt.isPresentation() ? "vp+jwt" : "vc+jwt";
      case SecuredText.SelectiveJwt selective -> "dc+sd-jwt";
    };
  }
}
