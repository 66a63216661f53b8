package org.earnest.credentials.linked;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.processor.ExpansionProcessor;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What is processed once comes to what the processor makes of the whole document. */
class ExpanderTest {
  private static final KnownContexts KNOWN = KnownContexts.shipped().and(AgentContext.known());
  private static final PinnedLoader LOADER = new PinnedLoader(KNOWN);
  private static final String UNDEFINED = "https://www.w3.org/ns/credentials/undefined-terms/v2";
  private final Expander expander = new Expander(LOADER);

  private static Object whole(ObjectNode document) {
    try {
      return ExpansionProcessor.expand(
          JsonDocument.of((JsonObject) JakartaJson.of(document)), Expander.options(LOADER), false);
    } catch (JsonLdError refused) {
      return refused.getCode();
    }
  }

  private Object ours(ObjectNode document) {
    try {
      return expander.expand(document);
    } catch (JsonLdError refused) {
      return refused.getCode();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"v2\"],\"type\":[\"VerifiableCredential\"],\"credentialSubject\":{\"id\":\"urn:a\"}",
        "[\"v2\",\"examples/v2\"],\"type\":[\"VerifiableCredential\",\"AlumniCredential\"],"
            + "\"name\":\"n\",\"credentialSubject\":{\"id\":\"urn:a\",\"alumniOf\":\"S\"}",
        "[\"v2\"],\"type\":\"VerifiablePresentation\",\"verifiableCredential\":"
            + "[{\"type\":\"VerifiableCredential\",\"issuer\":\"urn:i\"}]",
        "[\"v2\"],\"type\":[\"VerifiableCredential\"],\"proof\":{\"type\":\"DataIntegrityProof\","
            + "\"cryptosuite\":\"c\",\"proofPurpose\":\"assertionMethod\"}",
        "[\"v2\"],\"type\":[\"VerifiableCredential\"],\"credentialStatus\":"
            + "{\"type\":\"BitstringStatusListEntry\",\"statusListIndex\":\"1\"}",
        "[\"v2\"],\"credentialSubject\":{\"colour\":\"red\"}",
        "[\"v2\"],\"credentialSubject\":{\"@context\":\"https://www.w3.org/ns/credentials/"
            + "undefined-terms/v2\",\"colour\":\"red\"}",
        "[\"v2\"],\"id\":\"urn:only\"",
        "[\"v2\",\"v1\"],\"type\":[\"VerifiableCredential\"]",
        "[\"v2\",\"undefined-terms/v2\"],\"colour\":\"red\"",
        "[\"v1\",\"v2\"],\"type\":[\"VerifiableCredential\"]",
        "[\"v2\",\"unknown\"],\"type\":[\"VerifiableCredential\"]",
        "[\"v2\",{\"t\":\"urn:t\"}],\"t\":\"x\"",
        "[\"v2\",{\"g\":\"@graph\"}],\"g\":{\"id\":\"urn:a\",\"type\":\"VerifiableCredential\"}",
        "[],\"colour\":\"red\"",
        "\"https://www.w3.org/ns/credentials/v2\",\"type\":\"VerifiableCredential\"",
      })
  void isTheSame(String document) throws Exception {
    String json =
        ("{\"@context\":" + document + "}")
            .replace("\"v2\"", "\"https://www.w3.org/ns/credentials/v2\"")
            .replace("\"v1\"", "\"https://www.w3.org/2018/credentials/v1\"")
            .replace("\"examples/v2\"", "\"https://www.w3.org/ns/credentials/examples/v2\"")
            .replace("\"undefined-terms/v2\"", "\"" + UNDEFINED + "\"");
    ObjectNode read = SignableJson.read(json.getBytes(StandardCharsets.UTF_8));
    Object expected = whole(read);
    assertThat(expected).isInstanceOfAny(JsonValue.class, JsonLdErrorCode.class);
    List<Object> answers =
        IntStream.range(0, 16).parallel().mapToObj(any -> ours(read)).distinct().toList();
    assertThat(answers).containsExactly(expected);
  }
}
