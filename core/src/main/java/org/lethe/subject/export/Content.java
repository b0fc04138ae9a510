package org.lethe.subject.export;

import java.io.IOException;
import java.io.OutputStream;

/** The bytes of a file, read when they are needed. */
interface Content {

  void writeTo(OutputStream out) throws IOException;
}
