/** The API of Process Pool. */
@SuppressWarnings("module") // io.processpool.worker is compiled after this module
module io.processpool.api {
  requires static org.jspecify;

  exports io.processpool;
  exports io.processpool.function;
  exports io.processpool.spi;

  // its values travel
  opens io.processpool to
      io.processpool.worker;

  uses io.processpool.spi.PoolProvider;
}
