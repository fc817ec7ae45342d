package io.processpool.connection;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/** Asks the other end for a proof that it knows a key, and looks at it. */
final class Verifier {
  private static final int RANDOM_BYTES = 40;

  /** How long the answer of Python before 3.12 is, which has no name of a digest. */
  private static final int BARE_MD5 = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;
  private final Digest proposed;
  private final boolean allowsLegacyDigest;
  private final byte[] challenge;

  Verifier(ConnectionOptions options) {
    this.key = options.requireAuthKey();
    this.proposed = options.digest();
    this.allowsLegacyDigest = options.allowsLegacyDigest();
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    this.challenge = Bytes.concat(proposed.prefix(), random);
  }

  /** What the proof is to be of, not to be changed. It is the same in both generations. */
  byte[] challenge() {
    return challenge;
  }

  /** Checks a proof. */
  void check(byte[] response) throws AuthenticationException {
    if (response.length == BARE_MD5) {
      check(Digest.MD5, response);
      return;
    }
    Optional<Tagged> tagged = Tagged.parse(response);
    if (tagged.isEmpty()) {
      throw new AuthenticationException(
          "the other end has sent no proof, but " + Bytes.describe(response));
    }
    check(tagged.get().digest(), tagged.get().rest());
  }

  private void check(Digest digest, byte[] proof) throws AuthenticationException {
    if (digest == Digest.MD5 && !allowsLegacyDigest) {
      throw new AuthenticationException(
          "the other end proves with md5, as Python before 3.12 does: that needs"
              + " allowLegacyDigest");
    }
    if (digest != Digest.MD5 && digest != proposed) {
      throw new AuthenticationException(
          "the other end proves with "
              + digest.wireName()
              + " where it was asked for "
              + proposed.wireName());
    }
    if (!MessageDigest.isEqual(digest.hmac(key, challenge), proof)) {
      throw new AuthenticationException("the other end has another key");
    }
  }
}
