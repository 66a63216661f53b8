package org.earnest.credentials;

import java.util.List;
import java.util.Set;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.status.BitstringEntry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential that its issuer has judged, and would sign; made by {@link
 * CredentialIssuer#signable}. For a caller who decides between the judgement and the signature.
 */
public final class SignableCredential {
  private static final String STATUS = "credentialStatus";

  private final CredentialIssuer issuer;
  private final ObjectNode json;
  private final Set<String> types;

  SignableCredential(CredentialIssuer issuer, ObjectNode json, Set<String> types) {
    this.issuer = issuer;
    this.json = json;
    this.types = types;
  }

  /** What it says that it is, as absolute names, by whatever terms it says so. */
  public Set<String> types() {
    return types;
  }

  /**
   * The same with its status in these places. It needs no other judgement, as no context that is
   * accepted can give their terms another meaning.
   *
   * @throws IllegalStateException where it has a status already
   */
  public SignableCredential with(List<BitstringEntry> places) {
    if (places.isEmpty()) {
      return this;
    }
    if (json.has(STATUS)) {
      throw new IllegalStateException("the credential has a status already");
    }
    ObjectNode referring = json.deepCopy();
    ArrayNode entries = referring.arrayNode();
    places.forEach(place -> entries.add(place.json()));
    referring.set(STATUS, entries.size() == 1 ? entries.get(0) : entries);
    return new SignableCredential(issuer, referring, types);
  }

  /**
   * Signs it by the issuer's cryptosuite.
   *
   * @return with its proof
   * @throws InvalidCredentialException where the suite cannot secure it
   */
  public ObjectNode secured() throws InvalidCredentialException {
    return issuer.secured(json.deepCopy());
  }

  /**
   * Judges whether it could be {@link #enveloped}; the key is not used.
   *
   * @return this
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL} where it has members that are
   *     claims of a JWT
   */
  public SignableCredential requireEnvelopable() throws InvalidCredentialException {
    JwtEnvelope.requireNoClaims(json);
    return this;
  }

  /**
   * Signs it as {@code vc+jwt}, as {@link CredentialIssuer#issueJwt}.
   *
   * @return the {@code EnvelopedVerifiableCredential}
   * @throws InvalidCredentialException as {@link #requireEnvelopable} does
   */
  public ObjectNode enveloped() throws InvalidCredentialException {
    return issuer.enveloped(json);
  }
}
