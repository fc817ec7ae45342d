package io.processpool.examples;

/** What was counted in one class file. */
record ClassCensus(String path, int bytes, int deflatedBytes, int methods, OpcodeCounts opcodes) {

  String module() {
    return RuntimeImage.moduleOf(path);
  }
}
