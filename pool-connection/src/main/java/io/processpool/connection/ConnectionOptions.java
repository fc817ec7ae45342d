package io.processpool.connection;

import static java.util.Objects.requireNonNull;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made, and what they accept. Immutable: each method that adds an option makes
 * new options.
 *
 * <p>Methods throw {@link NullPointerException} for a parameter that is {@code null}, and {@link
 * IllegalArgumentException}, naming the value, for one that is not allowed.
 *
 * <pre>{@code
 * ConnectionOptions options =
 *     ConnectionOptions.authKey(key)
 *         .allowLegacyDigest()                              // clients of Python 3.11 and before
 *         .withHandshakeTimeout(Duration.ofSeconds(5))
 *         .withClassFilter("com.acme.**;java.base/java.**;!*");
 * }</pre>
 */
public final class ConnectionOptions {
  /** What Python calls a very generous timeout for local connections. */
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);

  private static final String KRYO = "com.esotericsoftware.kryo.kryo5.Kryo";

  private static final ConnectionOptions DEFAULTS = new ConnectionOptions(new Draft());

  private final byte @Nullable [] authKey;
  private final Digest digest;
  private final boolean allowsLegacyDigest;
  private final boolean allowsUnauthenticated;
  private final Duration handshakeTimeout;
  private final @Nullable String classFilter;
  private final @Nullable Consumer<Object> customizer;

  /** Options that are being made. */
  private static final class Draft {
    byte @Nullable [] authKey;
    Digest digest = Digest.SHA256;
    boolean allowsLegacyDigest;
    boolean allowsUnauthenticated;
    Duration handshakeTimeout = HANDSHAKE_TIMEOUT;
    @Nullable String classFilter;
    @Nullable Consumer<Object> customizer;
  }

  private ConnectionOptions(Draft draft) {
    this.authKey = draft.authKey;
    this.digest = draft.digest;
    this.allowsLegacyDigest = draft.allowsLegacyDigest;
    this.allowsUnauthenticated = draft.allowsUnauthenticated;
    this.handshakeTimeout = draft.handshakeTimeout;
    this.classFilter = draft.classFilter;
    this.customizer = draft.customizer;
  }

  private ConnectionOptions with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.authKey = authKey;
    draft.digest = digest;
    draft.allowsLegacyDigest = allowsLegacyDigest;
    draft.allowsUnauthenticated = allowsUnauthenticated;
    draft.handshakeTimeout = handshakeTimeout;
    draft.classFilter = classFilter;
    draft.customizer = customizer;
    change.accept(draft);
    return new ConnectionOptions(draft);
  }

  /**
   * Options without a key: nobody is asked for a proof.
   *
   * @return the defaults
   */
  public static ConnectionOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Options with a key.
   *
   * @param key the key; it is copied
   * @return the defaults, {@link #withAuthKey}
   */
  public static ConnectionOptions authKey(byte[] key) {
    return DEFAULTS.withAuthKey(key);
  }

  /**
   * Has both ends prove, before anything else is sent, that they know a key; Python's {@code
   * authkey}. Best is one of 32 random bytes, new for each run of the program.
   *
   * @param key the key; it is copied. An empty one is legal, and no secret.
   * @return options with the key
   */
  public ConnectionOptions withAuthKey(byte[] key) {
    byte[] copy = requireNonNull(key, "key").clone();
    return with(draft -> draft.authKey = copy);
  }

  /**
   * Chooses the digest that the other end is to prove with that it knows the key. Default: {@link
   * Digest#SHA256}. This end proves with the one that the other asks for. Python before 3.12
   * answers with MD5, whatever it is asked for: see {@link #allowLegacyDigest}.
   *
   * @param proposed the digest, not MD5
   * @return options with the digest
   */
  public ConnectionOptions withDigest(Digest proposed) {
    if (requireNonNull(proposed, "proposed") == Digest.MD5) {
      throw new IllegalArgumentException(
          "digest must be one of SHA256, SHA384, SHA3_256 and SHA3_384: " + proposed);
    }
    return with(draft -> draft.digest = proposed);
  }

  /**
   * Accepts proofs with HMAC-MD5, and gives them if asked for, which the other end must do if it is
   * Python 3.11 or before. Default: they are refused, with a message that says so.
   *
   * @return options that allow it
   */
  public ConnectionOptions allowLegacyDigest() {
    return with(draft -> draft.allowsLegacyDigest = true);
  }

  /**
   * Lets a listener take connections from other machines although it has no key, or an empty one:
   * everybody who reaches its address may connect. Default: such a listener is refused.
   *
   * @return options that allow it
   */
  public ConnectionOptions allowUnauthenticated() {
    return with(draft -> draft.allowsUnauthenticated = true);
  }

  /**
   * Limits the time within which a connection must be there and both ends have proved that they
   * know the key. Default: 20 seconds, which Python has for the same.
   *
   * @param limit the limit, more than zero
   * @return options with the limit
   */
  public ConnectionOptions withHandshakeTimeout(Duration limit) {
    if (requireNonNull(limit, "limit").isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("handshakeTimeout must be more than zero: " + limit);
    }
    return with(draft -> draft.handshakeTimeout = limit);
  }

  /**
   * Says which classes {@link Connection#recv} may read. Classes that are known from attacks on
   * deserialisation are rejected in any case. Default: everything else passes, if the other end has
   * proved that it knows the key; if not, nothing is read.
   *
   * @param pattern a pattern of {@link ObjectInputFilter.Config#createFilter}
   * @return options with the filter
   */
  public ConnectionOptions withClassFilter(String pattern) {
    try {
      var unused = ObjectInputFilter.Config.createFilter(requireNonNull(pattern, "pattern"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "classFilter is not a pattern of ObjectInputFilter: '" + pattern + "'", e);
    }
    return with(draft -> draft.classFilter = pattern);
  }

  /**
   * Adds to the serialiser of object messages, as with a pool. Both ends must add the same.
   *
   * <pre>{@code
   * ConnectionOptions.authKey(key)
   *     .withSerialization(Kryo.class, kryo -> kryo.register(Money.class, new MoneySerializer()));
   * }</pre>
   *
   * @param serializer the class of the serialiser, {@code com.esotericsoftware.kryo.kryo5.Kryo}
   * @param customizer called with each serialiser made, by several threads
   * @param <S> the class of the serialiser
   * @return options with the customizer
   */
  public <S> ConnectionOptions withSerialization(
      Class<S> serializer, Consumer<? super S> customizer) {
    requireNonNull(customizer, "customizer");
    if (!serializer.getName().equals(KRYO)) {
      throw new IllegalArgumentException(
          "serializer must be " + KRYO + ": " + serializer.getName());
    }
    return with(draft -> draft.customizer = made -> customizer.accept(serializer.cast(made)));
  }

  boolean hasAuthKey() {
    return authKey != null;
  }

  /** The key itself, not to be changed. */
  byte[] requireAuthKey() {
    if (authKey == null) {
      throw new IllegalArgumentException("options must have an authKey");
    }
    return authKey;
  }

  /**
   * Whether the other end has to prove that it knows something that not everybody does. HMAC fills
   * keys up with zeros: one of nothing but zeros is as good as an empty one.
   */
  boolean hasSecret() {
    if (authKey == null) {
      return false;
    }
    int all = 0;
    for (byte b : authKey) {
      all |= b;
    }
    return all != 0;
  }

  Digest digest() {
    return digest;
  }

  boolean allowsLegacyDigest() {
    return allowsLegacyDigest;
  }

  boolean allowsUnauthenticated() {
    return allowsUnauthenticated;
  }

  Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  @Nullable String classFilter() {
    return classFilter;
  }

  @Nullable Consumer<Object> customizer() {
    return customizer;
  }
}
