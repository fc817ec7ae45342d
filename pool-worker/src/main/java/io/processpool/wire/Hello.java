package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What a worker says of itself first.
 *
 * @param protocol the version of the protocol that it speaks
 * @param serializer the version of the serialiser that it carries; empty if that is not known
 * @param nanoTime what {@link System#nanoTime} says there
 */
public record Hello(int protocol, String serializer, long nanoTime) {

  /** The version of the protocol that this code speaks. */
  public static final int PROTOCOL = 7;

  private static final String SERIALIZER = serializerVersion();

  /**
   * What this process says of itself.
   *
   * @return the versions and the time
   */
  public static Hello ofThisProcess() {
    return new Hello(PROTOCOL, SERIALIZER, System.nanoTime());
  }

  /**
   * Tells whether two processes can talk to each other.
   *
   * @param other what the other one says of itself
   * @return {@code false} if they differ in the protocol, or in the serialiser as far as is known
   */
  public boolean fits(Hello other) {
    return protocol == other.protocol
        && (serializer.isEmpty()
            || other.serializer.isEmpty()
            || serializer.equals(other.serializer));
  }

  /**
   * Reads a greeting.
   *
   * @param payload the payload of a {@link FrameType#HELLO}
   * @return the greeting
   * @throws WireException if it is not one
   */
  public static Hello decode(byte[] payload) throws WireException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    try {
      return new Hello(in.readInt(), in.readUTF(), in.readLong());
    } catch (IOException e) {
      throw new WireException("a greeting of " + payload.length + " bytes cannot be read: " + e);
    }
  }

  /**
   * Writes this greeting.
   *
   * @return the payload of a {@link FrameType#HELLO}
   */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(protocol);
      out.writeUTF(serializer);
      out.writeLong(nanoTime);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * As the manifest of the worker's jar says it, which is read already. What other jars say of all
   * that is in them is not Kryo's version.
   */
  private static String serializerVersion() {
    Package kryo = Kryo.class.getPackage();
    String version = kryo.getImplementationVersion();
    boolean isOfKryo = "kryo5".equals(kryo.getImplementationTitle());
    return version != null && isOfKryo ? version : serializerVersionOfMaven();
  }

  /** Where Maven put it; empty where somebody has packed the library without. */
  private static String serializerVersionOfMaven() {
    Properties properties = new Properties();
    try (InputStream in =
        Kryo.class.getResourceAsStream(
            "/META-INF/maven/com.esotericsoftware.kryo/kryo5/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }
}
