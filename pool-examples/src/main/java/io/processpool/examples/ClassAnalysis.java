package io.processpool.examples;

import java.io.IOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Reads a class file, counts what is in it and compresses it: the work on one class. */
final class ClassAnalysis extends ClassVisitor {
  private final InstructionCounter instructions = new InstructionCounter();
  private int methods;

  private ClassAnalysis() {
    super(Opcodes.ASM9);
  }

  static ClassCensus read(String path) throws IOException {
    return analyse(path, RuntimeImage.read(path));
  }

  static ClassCensus analyse(String path, byte[] classFile) {
    ClassAnalysis analysis = new ClassAnalysis();
    new ClassReader(classFile).accept(analysis, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new ClassCensus(
        path,
        classFile.length,
        DeflatedSize.of(classFile),
        analysis.methods,
        analysis.instructions.counts());
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    methods++;
    return instructions;
  }
}
