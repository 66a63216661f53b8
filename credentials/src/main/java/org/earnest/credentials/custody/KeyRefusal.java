package org.earnest.credentials.custody;

/** Why an issuer's key is not opened, made or changed; its code is stable. */
public enum KeyRefusal {
  MISSING(
      "issuer_key_missing",
      "the private key is not where it is kept",
      "Put a copy of it back, or revoke the key and make another"),
  UNREADABLE("issuer_key_unreadable", "the keys cannot be read", "Look at their permissions"),
  UNWRITABLE("issuer_key_unwritable", "the keys cannot be written", "Look at their folder"),
  PERMISSIONS(
      "issuer_key_permissions",
      "others than its owner may read or write a file of the keys",
      "Run chmod -R go= FOLDER; whoever may have read it can guess at the passphrase"),
  MALFORMED(
      "issuer_key_malformed",
      "a file of the keys is damaged or another's",
      "Put a copy of it back"),
  CIPHER(
      "issuer_key_cipher",
      "the key is not encrypted with PBES2-HS512+A256KW and A256GCM",
      "Encrypt it so"),
  ROUNDS(
      "issuer_key_rounds",
      "the key's count of rounds is outside of what is allowed: too few to protect it, or too many",
      "Encrypt it with a usual count"),
  PASSPHRASE(
      "issuer_key_passphrase",
      "the passphrase does not open the key, or the key was altered",
      "Try another passphrase, or put a copy of the key back"),
  EMPTY_PASSPHRASE("issuer_key_passphrase_empty", "keys need a passphrase", "Type one"),
  MISMATCH(
      "issuer_key_mismatch",
      "the private key that is kept is not the one that was made under this name",
      "Do not use it: something was exchanged. Put copies of the keys back"),
  TYPE(
      "issuer_key_type",
      "keys of this kind cannot be kept there",
      "Choose another kind, or another place for the keys"),
  NAME_TAKEN("issuer_key_name_taken", "a key has this name already", "Try again"),
  EXISTS("issuer_keys_exist", "there are issuer keys already", "Name another folder"),
  NO_REGISTER("issuer_keys_missing", "no issuer keys are kept there", "Make some first"),
  BUSY("issuer_keys_busy", "another program changes the keys now", "Try again"),
  NONE("issuer_key_none", "no key of this kind signs", "Make one first"),
  STANDBY_THERE(
      "issuer_key_standby", "a key of this kind stands by already", "Rotate to that one first"),
  NOT_ROTATABLE(
      "issuer_key_not_rotatable",
      "a did:key is its key: with another key it is another issuer",
      "Issue under a did:web or did:webvh to rotate keys, or make another folder"),
  UNKNOWN("issuer_key_unknown", "there is no such key", "Look at the list of keys"),
  ENDED("issuer_key_ended", "the key was revoked already", "Nothing is left to do"),
  USED_BEFORE(
      "issuer_key_used_before",
      "this key was listed before, and no key comes twice",
      "Make another; the place where keys are kept gave out an old one"),
  TOO_MANY("issuer_key_too_many", "no more keys fit into the list", "Make another folder");

  private final String code;
  private final String problem;
  private final String remedy;

  KeyRefusal(String code, String problem, String remedy) {
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  public String code() {
    return code;
  }

  /** What is wrong; without the folder's name. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
