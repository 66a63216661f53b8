package org.earnest.cli.credential;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.earnest.credentials.key.KeyType;

/** How a credential can be secured, by the names that the specifications give. */
public enum CredentialFormat {
  EDDSA_JCS_2022("eddsa-jcs-2022"),
  EDDSA_RDFC_2022("eddsa-rdfc-2022"),
  ECDSA_JCS_2019("ecdsa-jcs-2019"),
  ECDSA_RDFC_2019("ecdsa-rdfc-2019"),
  ECDSA_SD_2023("ecdsa-sd-2023"),
  VC_JWT("vc+jwt"),
  SD_JWT("dc+sd-jwt");

  private final String label;

  CredentialFormat(String label) {
    this.label = label;
  }

  /** As options and documents write it. */
  public String label() {
    return label;
  }

  /** Types of keys that can sign it. */
  public List<KeyType> keys() {
    return switch (this) {
      case EDDSA_JCS_2022, EDDSA_RDFC_2022 -> List.of(KeyType.ED25519);
      case ECDSA_JCS_2019, ECDSA_RDFC_2019 -> List.of(KeyType.P256, KeyType.P384);
      case ECDSA_SD_2023 -> List.of(KeyType.P256);
      case VC_JWT, SD_JWT -> List.of(KeyType.values());
    };
  }

  /** Whether a key with this JWS algorithm can sign it. */
  public boolean allows(String jwsAlgorithm) {
    return keys().stream().anyMatch(type -> type.jwsAlgorithm().equals(jwsAlgorithm));
  }

  /** The one of this name; {@code sd-jwt} is short for {@code dc+sd-jwt}. */
  public static Optional<CredentialFormat> of(String label) {
    String name = label.equals("sd-jwt") ? SD_JWT.label : label;
    return Arrays.stream(values()).filter(format -> format.label.equals(name)).findFirst();
  }

  /** What such a key signs where nothing is asked for. */
  public static CredentialFormat usualOf(String jwsAlgorithm) {
    return EDDSA_JCS_2022.allows(jwsAlgorithm) ? EDDSA_JCS_2022 : ECDSA_JCS_2019;
  }

  /** All names, for a person. */
  public static String labels() {
    return String.join(", ", Arrays.stream(values()).map(format -> format.label).toList());
  }
}
