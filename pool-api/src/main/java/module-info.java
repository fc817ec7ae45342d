/** The API of Process Pool. */
module io.processpool.api {
  requires static org.jspecify;

  exports io.processpool;
  exports io.processpool.function;
  exports io.processpool.spi;

  uses io.processpool.spi.PoolProvider;
}
