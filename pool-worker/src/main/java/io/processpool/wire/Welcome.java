package io.processpool.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parent answers to a worker's {@link Hello}.
 *
 * @param classPath where the user's classes are: jars, and directories ending with a slash
 * @param recorder the path of the file in which the worker notes what it runs
 * @param session the bytes of the {@link Session}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Welcome(List<URI> classPath, String recorder, byte[] session) {

  /**
   * Reads an answer.
   *
   * @param payload the payload of a {@link FrameType#WELCOME}
   * @return the answer
   * @throws IOException if it is not one
   */
  public static Welcome decode(byte[] payload) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    int entries = in.readInt();
    List<URI> classPath = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      classPath.add(URI.create(in.readUTF()));
    }
    return new Welcome(List.copyOf(classPath), in.readUTF(), in.readAllBytes());
  }

  /**
   * Writes this answer.
   *
   * @return the payload of a {@link FrameType#WELCOME}
   */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(classPath.size());
      for (URI entry : classPath) {
        out.writeUTF(entry.toString());
      }
      out.writeUTF(recorder);
      out.write(session);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
