package io.processpool.wire.kryo;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names of a method's parameters from a class file, chapter 4 of the JVM specification.
 */
final class LocalVariables {
  private final DataInputStream file;
  private @Nullable String[] texts = new String[0];

  LocalVariables(DataInputStream file) {
    this.file = file;
  }

  /**
   * The variables that live from the start of the method, by slot; empty without debug information.
   */
  Map<Integer, String> of(String method, String descriptor) throws IOException {
    file.readInt(); // magic
    file.readInt(); // version
    readConstants();
    file.readUnsignedShort(); // access
    file.readUnsignedShort(); // this
    file.readUnsignedShort(); // super
    skip(2L * file.readUnsignedShort()); // interfaces
    for (int fields = file.readUnsignedShort(); fields > 0; fields--) {
      skip(6);
      skipAttributes();
    }
    for (int methods = file.readUnsignedShort(); methods > 0; methods--) {
      file.readUnsignedShort(); // access
      String name = text();
      String signature = text();
      if (method.equals(name) && descriptor.equals(signature)) {
        return ofMethod();
      }
      skipAttributes();
    }
    return Map.of();
  }

  private Map<Integer, String> ofMethod() throws IOException {
    Map<Integer, String> names = new HashMap<>();
    for (int attributes = file.readUnsignedShort(); attributes > 0; attributes--) {
      if (!"Code".equals(text())) {
        skip(file.readInt());
        continue;
      }
      file.readInt(); // length
      file.readInt(); // stack and locals
      skip(file.readInt()); // code
      skip(8L * file.readUnsignedShort()); // exceptions
      for (int inner = file.readUnsignedShort(); inner > 0; inner--) {
        readVariables("LocalVariableTable".equals(text()), names);
      }
    }
    return names;
  }

  private void readVariables(boolean wanted, Map<Integer, String> names) throws IOException {
    int length = file.readInt();
    if (!wanted) {
      skip(length);
      return;
    }
    for (int variables = file.readUnsignedShort(); variables > 0; variables--) {
      int start = file.readUnsignedShort();
      file.readUnsignedShort(); // length
      String name = text();
      file.readUnsignedShort(); // descriptor
      int slot = file.readUnsignedShort();
      if (start == 0 && name != null) {
        names.put(slot, name);
      }
    }
  }

  private void readConstants() throws IOException {
    texts = new String[file.readUnsignedShort()];
    for (int i = 1; i < texts.length; i++) {
      int tag = file.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = file.readUTF();
        case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
        case 5, 6 -> {
          skip(8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> skip(2);
        case 15 -> skip(3);
        default -> throw new IOException("unknown constant " + tag);
      }
    }
  }

  private void skipAttributes() throws IOException {
    for (int attributes = file.readUnsignedShort(); attributes > 0; attributes--) {
      skip(2);
      skip(file.readInt());
    }
  }

  private @Nullable String text() throws IOException {
    return texts[file.readUnsignedShort()];
  }

  private void skip(long bytes) throws IOException {
    file.skipNBytes(bytes);
  }
}
