package io.processpool.connection;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The digests with which the ends of a connection prove that they know the key, as HMAC (RFC 2104).
 * They are those that Python's {@code multiprocessing.connection} allows since version 3.12.
 */
public enum Digest {
  /** MD5, all that Python knows before version 3.12; broken, and so not proposed. */
  MD5("md5", "HmacMD5"),
  /** SHA-256. */
  SHA256("sha256", "HmacSHA256"),
  /** SHA-384. */
  SHA384("sha384", "HmacSHA384"),
  /** SHA3-256. */
  SHA3_256("sha3_256", "HmacSHA3-256"),
  /** SHA3-384. */
  SHA3_384("sha3_384", "HmacSHA3-384");

  /** What HMAC takes an empty key for: it fills keys up with zeros. */
  private static final byte[] EMPTY_KEY = {0};

  private final String wireName;
  private final String algorithm;

  Digest(String wireName, String algorithm) {
    this.wireName = wireName;
    this.algorithm = algorithm;
  }

  static Optional<Digest> named(String wireName) {
    for (Digest digest : values()) {
      if (digest.wireName.equals(wireName)) {
        return Optional.of(digest);
      }
    }
    return Optional.empty();
  }

  String wireName() {
    return wireName;
  }

  /** What stands before a challenge or a response made with it. */
  byte[] prefix() {
    return ("{" + wireName + "}").getBytes(StandardCharsets.US_ASCII);
  }

  /** Authenticates a message. */
  byte[] hmac(byte[] key, byte[] message) throws AuthenticationException {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(secret(key));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new AuthenticationException("this Java cannot compute " + algorithm, e);
    }
  }

  private Key secret(byte[] key) {
    return new SecretKeySpec(key.length == 0 ? EMPTY_KEY : key, algorithm);
  }
}
