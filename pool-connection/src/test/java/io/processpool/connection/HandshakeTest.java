package io.processpool.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.connection.ConnectionTest.Act;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs, byte by byte, against a peer that is written out here. */
@Timeout(60)
class HandshakeTest {
  private static final byte[] KEY = "the key".getBytes(US_ASCII);
  private static final byte[] PREFIX = "#CHALLENGE#".getBytes(US_ASCII);
  private static final ConnectionOptions MODERN = ConnectionOptions.authKey(KEY);
  private static final ConnectionOptions LEGACY = MODERN.allowLegacyDigest();

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] hmac(String algorithm, byte[] message) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(KEY, algorithm));
    return mac.doFinal(message);
  }

  private static byte[] received(Connection peer) throws Exception {
    return peer.recvBytes(256);
  }

  /** Has the first end deliver a challenge, and the peer answer in its own way. */
  private static void deliver(ConnectionOptions options, Answer answer) throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      CompletableFuture<Void> delivered =
          ConnectionTest.inBackground(() -> Handshake.deliverChallenge(ends.first(), options));
      byte[] challenge = received(ends.second());
      assertThat(challenge).startsWith(PREFIX).hasSizeGreaterThan(PREFIX.length + 40);
      ends.second()
          .sendBytes(answer.to(Arrays.copyOfRange(challenge, PREFIX.length, challenge.length)));
      try {
        delivered.get();
        assertThat(received(ends.second())).isEqualTo(bytes("#WELCOME#"));
      } catch (ExecutionException e) {
        assertThat(received(ends.second())).isEqualTo(bytes("#FAILURE#"));
        throw (Exception) e.getCause();
      }
    }
  }

  private interface Answer {
    byte[] to(byte[] challenge) throws Exception;
  }

  /** Has the first end answer a challenge; gives its answer. */
  private static byte[] answer(ConnectionOptions options, byte[] challenge) throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      CompletableFuture<Void> answered =
          ConnectionTest.inBackground(() -> Handshake.answerChallenge(ends.first(), options));
      ends.second().sendBytes(challenge);
      while (!ends.second().poll(Duration.ofMillis(5))) {
        if (answered.isCompletedExceptionally()) {
          try {
            answered.get();
          } catch (ExecutionException e) {
            throw (Exception) e.getCause();
          }
        }
      }
      byte[] response = received(ends.second());
      ends.second().sendBytes(bytes("#WELCOME#"));
      answered.get();
      return response;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256, sha256, HmacSHA256",
    "SHA384, sha384, HmacSHA384",
    "SHA3_256, sha3_256, HmacSHA3-256",
    "SHA3_384, sha3_384, HmacSHA3-384"
  })
  void theDigestThatIsProposedIsTheOneThatCounts(Digest digest, String name, String algorithm)
      throws Exception {
    deliver(
        MODERN.withDigest(digest),
        challenge -> {
          assertThat(challenge).startsWith(bytes("{" + name + "}"));
          return join(bytes("{" + name + "}"), hmac(algorithm, challenge));
        });
    byte[] challenge = join(bytes("{" + name + "}"), new byte[40]);
    assertThat(answer(MODERN, join(PREFIX, challenge)))
        .isEqualTo(join(bytes("{" + name + "}"), hmac(algorithm, challenge)));
  }

  @Test
  void whoProvesCannotChooseAnotherDigest() {
    assertThatThrownBy(() -> deliver(LEGACY, c -> join(bytes("{sha384}"), hmac("HmacSHA384", c))))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("the other end proves with sha384 where it was asked for sha256");
  }

  @Test
  void md5CountsOnlyWhereItIsAllowed() throws Exception {
    Answer bare = challenge -> hmac("HmacMD5", challenge);
    Answer named = challenge -> join(bytes("{md5}"), hmac("HmacMD5", challenge));
    deliver(LEGACY, bare);
    deliver(LEGACY, named);
    for (Answer answer : new Answer[] {bare, named}) {
      assertThatThrownBy(() -> deliver(MODERN, answer))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("needs allowLegacyDigest");
    }
    byte[] old = "12345678901234567890".getBytes(US_ASCII);
    byte[] tagged = join(bytes("{md5}"), new byte[40]);
    assertThat(answer(LEGACY, join(PREFIX, old))).isEqualTo(hmac("HmacMD5", old));
    assertThat(answer(LEGACY, join(PREFIX, tagged)))
        .isEqualTo(join(bytes("{md5}"), hmac("HmacMD5", tagged)));
    for (byte[] challenge : new byte[][] {old, tagged}) {
      assertThatThrownBy(() -> answer(MODERN, join(PREFIX, challenge)))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("needs allowLegacyDigest");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "{sha256}", "{sha256}short", "{sha1}12345678901234567890", "{", "{}"})
  void otherProofsAreNone(String proof) {
    assertThatThrownBy(() -> deliver(LEGACY, challenge -> bytes(proof)))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void aProofIsNoneIfABitOfItIsAnother() {
    for (int bit = 0; bit < 256; bit += 5) {
      int wrong = bit;
      assertThatThrownBy(
              () ->
                  deliver(
                      MODERN,
                      challenge -> {
                        byte[] proof = hmac("HmacSHA256", challenge);
                        proof[wrong / 8] ^= (byte) (1 << wrong % 8);
                        return join(bytes("{sha256}"), proof);
                      }))
          .isInstanceOf(AuthenticationException.class)
          .hasMessage("the other end has another key");
    }
  }

  @Test
  void noTwoChallengesAreTheSame() throws Exception {
    byte[][] challenges = new byte[2][];
    for (int i = 0; i < 2; i++) {
      int number = i;
      deliver(
          MODERN,
          challenge -> {
            challenges[number] = challenge;
            return join(bytes("{sha256}"), hmac("HmacSHA256", challenge));
          });
    }
    assertThat(challenges[0]).isNotEqualTo(challenges[1]).hasSize(48);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "#CHALLENGE",
        "#CHALLENGE#",
        "#CHALLENGE#1234567890123456789",
        "#CHALLENGE#123456789012345678901",
        "#CHALLENGE#{sha1}12345678901234567890",
        "#CHALLENGE#{sha256 12345678901234567890"
      })
  void otherChallengesAreNotAnswered(String challenge) {
    assertThatThrownBy(() -> answer(LEGACY, bytes(challenge)))
        .isInstanceOf(AuthenticationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#FAILURE#", "#WELCOME", "", "#WELCOME#!"})
  void onlyAWelcomeIsOne(String verdict) throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      CompletableFuture<Void> answered =
          ConnectionTest.inBackground(() -> Handshake.answerChallenge(ends.first(), MODERN));
      ends.second().sendBytes(join(PREFIX, bytes("{sha256}"), new byte[40]));
      received(ends.second());
      ends.second().sendBytes(bytes(verdict));
      assertThatThrownBy(answered::get).cause().isInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void messagesOfMoreThan256BytesAreNotReceived() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      ends.second().sendBytes(new byte[257]);
      assertThatThrownBy(() -> Handshake.answerChallenge(ends.first(), MODERN))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bad message length: 257");
    }
  }

  @ParameterizedTest
  @EnumSource
  void thereIsADeadlineForEachEnd(Ends.Kind kind) throws Exception {
    ConnectionOptions hasty = MODERN.withHandshakeTimeout(Duration.ofMillis(50));
    for (Act act : acts(kind, hasty)) {
      assertThatThrownBy(act::run)
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("PT0.05S");
    }
  }

  private static Act[] acts(Ends.Kind kind, ConnectionOptions options) {
    return new Act[] {
      () -> {
        try (Ends ends = Ends.of(kind)) {
          Handshake.deliverChallenge(ends.first(), options);
        }
      },
      () -> {
        try (Ends ends = Ends.of(kind)) {
          Handshake.answerChallenge(ends.first(), options);
        }
      },
      () -> {
        try (Ends ends = Ends.of(kind)) {
          ends.second().sendBytes(join(PREFIX, bytes("{sha256}"), new byte[40]));
          Handshake.answerChallenge(ends.first(), options);
        }
      }
    };
  }

  @Test
  void withoutAKeyThereIsNothingToProve() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Handshake.deliverChallenge(ends.first(), ConnectionOptions.defaults()))
          .withMessage("options must have an authKey");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Handshake.answerChallenge(ends.first(), ConnectionOptions.defaults()));
    }
  }

  @Test
  void optionsThatAreNoneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MODERN.withDigest(Digest.MD5))
        .withMessageContaining("MD5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MODERN.withHandshakeTimeout(Duration.ZERO))
        .withMessage("handshakeTimeout must be more than zero: PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MODERN.withClassFilter("maxdepth=x"))
        .withMessageContaining("'maxdepth=x'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MODERN.withSerialization(String.class, text -> {}))
        .withMessageContaining("java.lang.String");
  }
}
