package io.processpool.wire;

import io.processpool.WorkerLogs;
import io.processpool.WorkerOutput;
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
 * @param recorderIdentity the number by which that file is known
 * @param maxMemory how many bytes the worker's heap may hold after a collection before it asks to
 *     be replaced; 0 for as many as it can
 * @param workerId the number of the worker within its pool
 * @param output what becomes of what is printed there
 * @param logs what becomes of what the worker logs
 * @param session the bytes of the {@link Session}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Welcome(
    List<URI> classPath,
    String recorder,
    long recorderIdentity,
    long maxMemory,
    int workerId,
    WorkerOutput output,
    WorkerLogs logs,
    byte[] session) {

  /**
   * Reads an answer.
   *
   * @param payload the payload of a {@link FrameType#WELCOME}
   * @return the answer
   * @throws WireException if it is not one
   */
  public static Welcome decode(byte[] payload) throws WireException {
    try {
      return decode(new DataInputStream(new ByteArrayInputStream(payload)));
    } catch (IOException | IllegalArgumentException e) {
      throw new WireException("a welcome of " + payload.length + " bytes cannot be read: " + e);
    }
  }

  private static Welcome decode(DataInputStream in) throws IOException {
    int entries = in.readInt();
    List<URI> classPath = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      classPath.add(URI.create(in.readUTF()));
    }
    return new Welcome(
        List.copyOf(classPath),
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        WorkerOutput.valueOf(in.readUTF()),
        WorkerLogs.valueOf(in.readUTF()),
        in.readAllBytes());
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
      out.writeLong(recorderIdentity);
      out.writeLong(maxMemory);
      out.writeInt(workerId);
      out.writeUTF(output.name());
      out.writeUTF(logs.name());
      out.write(session);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
