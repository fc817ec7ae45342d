/** Messages between processes, on the wire of Python's {@code multiprocessing.connection}. */
module io.processpool.connection {
  requires static com.esotericsoftware.kryo.kryo5; // for object messages alone, as is
  requires static io.processpool.worker;
  requires static org.jspecify;

  exports io.processpool.connection;
}
