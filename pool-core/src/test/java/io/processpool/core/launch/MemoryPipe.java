package io.processpool.core.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A pipe within this JVM, that behaves as one of the system's. */
final class MemoryPipe {
  private static final int CAPACITY = 16 * 1024;

  private final byte[] bytes = new byte[CAPACITY];
  private int first;
  private int count;
  private boolean stalled;
  private boolean ended;
  private boolean broken;

  final InputStream in =
      new InputStream() {
        @Override
        public int read() {
          throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
          return take(target, offset, length);
        }
      };

  final OutputStream out =
      new OutputStream() {
        @Override
        public void write(int b) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
          put(source, offset, length);
        }

        @Override
        public void close() {
          end();
        }
      };

  /** Nothing arrives any more. */
  synchronized void stall() {
    stalled = true;
  }

  /** There is no writer any more: what was written can be read. */
  synchronized void end() {
    ended = true;
    stalled = false;
    notifyAll();
  }

  /** There is no reader any more. */
  synchronized void breakOff() {
    broken = true;
    notifyAll();
  }

  private synchronized int take(byte[] target, int offset, int length) {
    while ((count == 0 || stalled) && !ended && !broken) {
      waitForTheOtherEnd();
    }
    if (count == 0 || broken) {
      return -1;
    }
    int taken = Math.min(Math.min(length, count), CAPACITY - first);
    System.arraycopy(bytes, first, target, offset, taken);
    first = (first + taken) % CAPACITY;
    count -= taken;
    notifyAll();
    return taken;
  }

  private synchronized void put(byte[] source, int offset, int length) throws IOException {
    int written = 0;
    while (written < length) {
      while (count == CAPACITY && !ended && !broken) {
        waitForTheOtherEnd();
      }
      if (ended || broken) {
        throw new IOException("Broken pipe");
      }
      int last = (first + count) % CAPACITY;
      int slice = Math.min(length - written, Math.min(CAPACITY - count, CAPACITY - last));
      System.arraycopy(source, offset + written, bytes, last, slice);
      written += slice;
      count += slice;
      notifyAll();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private void waitForTheOtherEnd() {
    try {
      wait();
    } catch (InterruptedException e) {
      // A pipe of the system's does not listen; nor does anybody here miss the flag.
    }
  }
}
