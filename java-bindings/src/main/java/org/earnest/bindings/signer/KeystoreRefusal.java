package org.earnest.bindings.signer;

/** Why a keystore is not opened, or not written; its code is stable. */
public enum KeystoreRefusal {
  MISSING("keystore_missing", "there is no such file", "Make a key first, or name another file"),
  UNREADABLE("keystore_unreadable", "the file cannot be read", "Look at its permissions"),
  PERMISSIONS(
      "keystore_permissions",
      "others than its owner may read the keystore",
      "Run chmod 600 FILE; whoever may have read it can guess at the passphrase"),
  TOO_LARGE(
      "keystore_too_large",
      "the file has more than " + Keystore.MAX_BYTES + " bytes, and is no keystore",
      "Name another"),
  MALFORMED(
      "keystore_malformed",
      "the file is no whole keystore (Web3 Secret Storage, version 3)",
      "Put a copy of it back"),
  VERSION(
      "keystore_version",
      "the keystore is not of version 3",
      "Open and save it with the program that made it"),
  CIPHER(
      "keystore_cipher",
      "the keystore's cipher is not aes-128-ctr",
      "Write the key anew with a wallet that uses aes-128-ctr"),
  KDF(
      "keystore_kdf",
      "the keystore's key derivation is neither scrypt nor pbkdf2 with hmac-sha256",
      "Write the key anew with a wallet that uses one of these"),
  TOO_COSTLY(
      "keystore_too_costly",
      "opening the keystore would take more memory or time than is allowed",
      "Write the key anew with the usual parameters (scrypt: n 262144, r 8, p 1)"),
  SCRYPT(
      "keystore_scrypt",
      "the keystore's scrypt parameters are none (RFC 7914, section 6: n is below 2 to the 16 r)",
      "Write the key anew with the usual ones (n 262144, r 8, p 1)"),
  PASSPHRASE(
      "keystore_passphrase", "the passphrase does not open the keystore", "Try another passphrase"),
  ADDRESS(
      "keystore_address",
      "the address in the keystore is not that of its key",
      "The file was altered, do not use it"),
  EMPTY_PASSPHRASE("keystore_passphrase_empty", "a new key needs a passphrase", "Type one"),
  EXISTS("keystore_exists", "the file is there, and is never overwritten", "Name another"),
  UNWRITABLE("keystore_unwritable", "the file cannot be written", "Look at its folder");

  private final String code;
  private final String problem;
  private final String remedy;

  KeystoreRefusal(String code, String problem, String remedy) {
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  public String code() {
    return code;
  }

  /** What is wrong; without the file's name. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
