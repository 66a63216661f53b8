package org.earnest.credentials.custody;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;

/**
 * The public half of a key on a token. Java finds a token's private key by a certificate beside it,
 * and by nothing else; nobody verifies this one.
 */
final class TokenCertificate {
  /** The JDK's names of curves. */
  private static final String P256 = "secp256r1";

  private static final String P384 = "secp384r1";
  private static final Duration LIFE = Duration.ofDays(36_500);

  private TokenCertificate() {}

  static String curve(KeyType type) {
    return switch (type) {
      case P256 -> P256;
      case P384 -> P384;
      case ED25519 -> throw new IllegalArgumentException("SunPKCS11 knows no Ed25519");
    };
  }

  /**
   * A certificate that the key signs itself.
   *
   * @param signer ECDSA with SHA-256, in DER
   */
  static X509Certificate of(String name, PublicKey key, UnaryOperator<byte[]> signer) {
    X500Name subject = new X500Name("CN=" + name);
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    Instant now = Instant.now();
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    generator.setIssuer(subject);
    generator.setSubject(subject);
    generator.setStartDate(new Time(Date.from(now)));
    generator.setEndDate(new Time(Date.from(now.plus(LIFE))));
    generator.setSignature(algorithm);
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    try {
      TBSCertificate unsigned = generator.generateTBSCertificate();
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(unsigned);
      parts.add(algorithm);
      parts.add(new DERBitString(signer.apply(unsigned.getEncoded(ASN1Encoding.DER))));
      byte[] whole = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (IOException | CertificateException impossible) {
      throw new IllegalStateException("a certificate of our own cannot be written", impossible);
    }
  }

  /** The key in it; empty where it is of another kind. */
  static Optional<VerificationKey> key(Certificate certificate) {
    return SubjectKeys.read(certificate.getPublicKey().getEncoded());
  }
}
