package org.earnest.cli.credential;

import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.kit.process.StartupException;

/** What to do about a refusal. */
public final class Remedies {
  private Remedies() {}

  /** The refusal, as a command tells it. */
  public static StartupException refusal(CredentialRefusal refusal, String detail) {
    return new StartupException(refusal.code(), detail, of(refusal));
  }

  /** One sentence for whoever holds or issued it. */
  public static String of(CredentialRefusal refusal) {
    return switch (refusal) {
      case MALFORMED_JSON -> "Look for the place named above; it must be strict JSON in UTF-8";
      case INVALID_CREDENTIAL -> "Compare it with the VC Data Model 2.0, or make one with --type";
      case UNKNOWN_CONTEXT ->
          "Name contexts that are shipped, or write the terms' meaning in place";
      case UNDEFINED_TERM -> "Define the term in a context, or leave it out";
      case TOO_COMPLEX -> "Do not trust it: an honest document takes no such work";
      case PROOF_MISSING -> "Ask its issuer for the signed credential";
      case PROOF_UNSUPPORTED -> "Ask its issuer for one of: " + CredentialFormat.labels();
      case PROOF_NOT_DERIVED -> "Ask the holder to show a part of it: ./earnest credential derive";
      case SELECTION_INVALID -> "Look where each pointer leads: ./earnest credential show";
      case PROOF_MALFORMED -> "Ask its issuer for it again: it was damaged or wrongly made";
      case ISSUER_NOT_RESOLVED ->
          "Look whether the issuer's DID is published: ./earnest did resolve";
      case ISSUER_UNAVAILABLE, STATUS_UNAVAILABLE, SCHEMA_UNAVAILABLE, TRUST_UNAVAILABLE ->
          "Try again in a moment; a list in a file is named with --lists FOLDER";
      case ISSUER_MISMATCH -> "Sign with the key of the issuer that it names";
      case KEY_NOT_AUTHORIZED -> "Do not trust it: the issuer's document does not allow this key";
      case KEY_UNSUPPORTED -> "Ask for one signed by an Ed25519, P-256 or P-384 key";
      case PROOF_INVALID -> "Do not trust it: it was changed after it was signed";
      case NOT_YET_VALID -> "Wait until it begins, and look at this machine's clock";
      case EXPIRED -> "Ask its issuer for a new one";
      case STATUS_UNSUPPORTED,
          STATUS_MALFORMED,
          STATUS_INVALID,
          STATUS_LIST_TOO_SHORT,
          STATUS_OUT_OF_RANGE ->
          "Do not trust it before its issuer has mended the status list";
      case REVOKED -> "Do not trust it: its issuer took it back for good";
      case SUSPENDED -> "Ask its issuer; a suspension can end";
      case SCHEMA_INVALID -> "Do not trust it before its issuer has mended the schema's credential";
      case SCHEMA_UNSUPPORTED, SCHEMA_MISMATCH -> "Tell its issuer: it is not what its schema says";
      case RESOURCE_MISMATCH ->
          "Do not trust it: what it refers to was changed after it was signed";
      case HOLDER_MISMATCH -> "Ask the holder itself to present it";
      case DOMAIN_MISMATCH, CHALLENGE_MISMATCH ->
          "Name what you asked for with --challenge and --domain; else do not trust it";
      case CHALLENGES_FULL -> "Try again in a moment, with the same answer";
      case CHALLENGE_USED -> "Ask again with a new challenge";
      case DISCLOSURE_INVALID -> "Ask the holder for it again: a disclosure was changed or added";
      case HOLDER_BINDING_MISSING -> "Ask the holder to present it to you, with --challenge";
      case HOLDER_BINDING_INVALID ->
          "Ask the holder to present it to you now; else do not trust it";
      case NOT_TRUSTED -> "Add the issuer with --trust if you believe it";
      case ALREADY_SECURED -> "Take the proof out, or verify it as it is";
    };
  }
}
