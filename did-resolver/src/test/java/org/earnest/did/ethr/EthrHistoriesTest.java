package org.earnest.did.ethr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.testkit.did.EthrHistories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The histories that are kept, without a chain: {@link EthrHistoriesIT} made them on one. */
class EthrHistoriesTest {
  private static final EthrHistories KEPT = EthrHistories.read();

  static List<EthrHistories.History> histories() {
    return KEPT.histories();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void everyVersionIsWhatTheMethodsOwnResolverSays(EthrHistories.History history) {
    assertThat(history.versions()).hasSizeGreaterThanOrEqualTo(3);
    EthrDidMethod method =
        new EthrDidMethod(
            List.of(
                EthrNetwork.withRegistry(
                    RegistryInMemory.REGISTRY, RegistryInMemory.replaying(KEPT))));
    for (EthrHistories.Version version : history.versions()) {
      DidResolution answer =
          method.resolve(
              new Did(history.did()),
              ResolutionOptions.of(new DidVersion.Id(Long.toString(version.versionId()))));
      assertThat(answer).isInstanceOf(DidResolution.Resolved.class);
      DidResolution.Resolved resolved = (DidResolution.Resolved) answer;
      assertThat(DocumentSummary.of(resolved.document()))
          .as("version %d", version.versionId())
          .isEqualTo(DocumentSummary.of(version.didDocument()));
      assertThat(resolved.metadata().deactivated())
          .isEqualTo(version.didDocumentMetadata().path("deactivated").asBoolean(false));
      assertThat(resolved.metadata().versionId().orElse(""))
          .isEqualTo(version.didDocumentMetadata().path("versionId").asString(""));
      assertThat(resolved.metadata().nextVersionId().orElse(""))
          .isEqualTo(version.didDocumentMetadata().path("nextVersionId").asString(""));
    }
  }
}
