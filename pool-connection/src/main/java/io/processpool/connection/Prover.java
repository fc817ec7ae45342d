package io.processpool.connection;

/** Proves to the other end that this one knows a key. */
final class Prover {
  /** How long a challenge of Python before 3.12 is; none is shorter. */
  private static final int BARE_CHALLENGE = 20;

  private final byte[] key;
  private final boolean allowsLegacyDigest;

  Prover(ConnectionOptions options) {
    this.key = options.requireAuthKey();
    this.allowsLegacyDigest = options.allowsLegacyDigest();
  }

  /** Makes the proof that a challenge asks for. */
  byte[] answer(byte[] challenge) throws AuthenticationException {
    if (challenge.length < BARE_CHALLENGE) {
      throw new AuthenticationException(
          "the other end's challenge has "
              + challenge.length
              + " bytes, and at least "
              + BARE_CHALLENGE
              + " are needed");
    }
    if (challenge.length == BARE_CHALLENGE) {
      checkLegacy();
      return Digest.MD5.hmac(key, challenge);
    }
    Digest digest =
        Tagged.parse(challenge)
            .map(Tagged::digest)
            .orElseThrow(
                () ->
                    new AuthenticationException(
                        "the other end asks for a proof with a digest that is not known: "
                            + Bytes.describe(challenge)));
    if (digest == Digest.MD5) {
      checkLegacy();
    }
    return Bytes.concat(digest.prefix(), digest.hmac(key, challenge));
  }

  private void checkLegacy() throws AuthenticationException {
    if (!allowsLegacyDigest) {
      throw new AuthenticationException(
          "the other end asks for a proof with md5, as Python before 3.12 does: that needs"
              + " allowLegacyDigest");
    }
  }
}
